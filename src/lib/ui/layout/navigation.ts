/** One entry of the main navigation. */
export type NavigationItem = { href: string; label: string };

/** Who is signed in, as the header shows it: a name, then the organisation or the role. */
export type SignedInPerson = { name: string; detail: string };
