import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;

type Picture = { width: number; height: number; colours: Uint32Array };

/**
 * The same picture in at most 256 colours: a screenshot has few, and weighs a third of what a browser
 * makes of it. Takes what browsers write: 8 bits a channel, not interlaced.
 */
export function shrinkPng(png: Buffer): Buffer {
	const picture = readPng(png);
	const palette = choosePalette(picture.colours);
	return writePng(picture, palette);
}

function readPng(png: Buffer): Picture {
	const header = findChunks(png, 'IHDR')[0];
	if (!header) throw new Error('this is no PNG');
	const width = header.readUInt32BE(0);
	const height = header.readUInt32BE(4);
	const channels = { 2: 3, 6: 4 }[header.readUInt8(9)];
	if (header.readUInt8(8) !== 8 || !channels || header.readUInt8(12) !== 0) {
		throw new Error('this PNG is not as browsers write them');
	}
	const lines = inflateSync(Buffer.concat(findChunks(png, 'IDAT')));
	const stride = width * channels;
	let above = new Uint8Array(stride);
	const colours = new Uint32Array(width * height);
	for (let y = 0; y < height; y++) {
		const from = y * (stride + 1);
		const line = unfilter(lines.subarray(from, from + stride + 1), above, channels);
		for (let x = 0; x < width; x++) {
			const [red = 0, green = 0, blue = 0] = line.subarray(x * channels, x * channels + 3);
			colours[y * width + x] = (red << 16) | (green << 8) | blue;
		}
		above = line;
	}
	return { width, height, colours };
}

function findChunks(png: Buffer, wanted: string): Buffer[] {
	const found: Buffer[] = [];
	for (let at = SIGNATURE.length; at < png.length;) {
		const length = png.readUInt32BE(at);
		if (png.toString('latin1', at + 4, at + 8) === wanted) {
			found.push(png.subarray(at + 8, at + 8 + length));
		}
		at += length + 12;
	}
	return found;
}

/** Each byte is written as its difference to what stands left, above, or between. */
function unfilter(
	filtered: Uint8Array,
	above: Uint8Array,
	channels: number
): Uint8Array<ArrayBuffer> {
	const line = new Uint8Array(filtered.length - 1);
	for (let index = 0; index < line.length; index++) {
		const left = index < channels ? 0 : (line[index - channels] ?? 0);
		const up = above[index] ?? 0;
		const corner = index < channels ? 0 : (above[index - channels] ?? 0);
		const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filtered[0] ?? 0] ?? 0;
		line[index] = (filtered[index + 1] ?? 0) + guess;
	}
	return line;
}

function paeth(left: number, up: number, corner: number): number {
	const [toLeft, toUp, toCorner] = [left, up, corner].map((value) =>
		Math.abs(left + up - corner - value)
	) as [number, number, number];
	if (toLeft <= toUp && toLeft <= toCorner) return left;
	return toUp <= toCorner ? up : corner;
}

/** The most frequent colours; any other is drawn in the one that is nearest. */
function choosePalette(colours: Uint32Array): Map<number, number> {
	const counts = new Map<number, number>();
	for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
	const ordered = [...counts].toSorted(([, a], [, b]) => b - a).map(([colour]) => colour);
	const kept = ordered.slice(0, MOST_COLOURS);
	const palette = new Map(kept.map((colour, index) => [colour, index]));
	for (const colour of ordered.slice(MOST_COLOURS)) {
		const distances = kept.map((other) => distance(colour, other));
		palette.set(colour, distances.indexOf(Math.min(...distances)));
	}
	return palette;
}

const distance = (a: number, b: number): number =>
	[16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);

function writePng({ width, height, colours }: Picture, palette: Map<number, number>): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 3, 0, 0, 0], 8);
	const table = [...palette]
		.slice(0, MOST_COLOURS)
		.flatMap(([colour]) => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255]);
	const lines = Buffer.alloc((width + 1) * height);
	colours.forEach((colour, index) => {
		lines[index + Math.floor(index / width) + 1] = palette.get(colour) ?? 0;
	});
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header),
		chunk('PLTE', Buffer.from(table)),
		chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
		chunk('IEND', Buffer.alloc(0))
	]);
}

function chunk(name: string, content: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(content.length);
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, sum]);
}
