/** Pictures of the demonstration, made by `npm run help:pictures`: their size, and what they show in words. */
export const PICTURES = {
	demande: {
		width: 1024,
		height: 640,
		alt: 'La page « Mes déclarations » : une phrase dit ce qui est dû et pour quand, puis chaque enveloppe montre ses périodes et où elles en sont.'
	},
	saisir: {
		width: 390,
		height: 600,
		alt: 'La saisie sur un téléphone : une ligne par mesure, avec un montant versé et un nombre d’aides ; en bas, ce qui est déclaré et ce qui dépasse.'
	},
	depassement: {
		width: 1024,
		height: 640,
		alt: 'La saisie sur un écran large : un montant dépasse le reste de l’enveloppe, un message le dit sous le champ, et le reste est affiché à côté.'
	},
	tableur: {
		width: 390,
		height: 440,
		alt: 'Le dépôt d’un tableur sur un téléphone : le modèle à télécharger, puis le fichier à choisir.'
	},
	justificatifs: {
		width: 390,
		height: 500,
		alt: 'Les justificatifs sur un téléphone : les fichiers joints, et le bouton qui en ajoute.'
	},
	recu: {
		width: 390,
		height: 540,
		alt: 'Le récépissé sur un téléphone : le numéro de la déclaration, qui l’a transmise et quand.'
	},
	retour: {
		width: 1024,
		height: 640,
		alt: 'Une déclaration à corriger : le motif de la direction des finances, et sa remarque à la ligne concernée.'
	}
} as const;

export type PictureName = keyof typeof PICTURES;
