type Labels = Readonly<Record<string, string>>;

/** What a construct that declares an object can be told of the object's name. */
export interface NamedObject {
  /** Name of the object, for instance where another construct beside it has the id that it would get. @default - the construct's id */
  readonly name?: string;
}

/** What a construct that declares an object can be told of the object's metadata. */
export interface ObjectOptions extends NamedObject {
  /** Labels of the object itself. @default - those that options become */
  readonly labels?: Labels;
  /** Annotations of the object itself. @default - those that options become */
  readonly annotations?: Labels;
}
