/** A signature that was computed elsewhere; a gateway's are in its `fixtures/vectors.ts`, and the conformance suite recomputes them. */
export interface SignatureVector {
  /** The section of the document, or who computed it. */
  readonly where: string;
  /** Made up, or the document's own: no real secret. */
  readonly key: string;
  /** What is signed, as text. */
  readonly signed: string;
  readonly signature: string;
  /** By the folder's own function: whether this is the signature over this text with this key. Never throws. */
  holds(signed: string, key: string, signature: string): boolean;
}
