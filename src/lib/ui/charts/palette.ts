/** The colours of app.css, where a canvas cannot read them. A test holds the two equal. */
export const PALETTE = {
	paper: '#fbfaf7',
	sheet: '#ffffff',
	ink: '#1b2433',
	'ink-soft': '#5a6474',
	hairline: '#e3dfd6',
	disbursed: '#1f4e79',
	committed: '#8fb2d3',
	mustard: '#b7791f',
	'mustard-ink': '#7d520c',
	'mustard-wash': '#fdf2d9'
} as const;

/** A colour of the palette, let through: 0 is nothing, 1 is full. */
export function faint(colour: keyof typeof PALETTE, alpha: number): string {
	const hex = Math.round(alpha * 255).toString(16);
	return `${PALETTE[colour]}${hex.padStart(2, '0')}`;
}
