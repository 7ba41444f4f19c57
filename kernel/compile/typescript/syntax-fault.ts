export interface SyntaxFault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}
