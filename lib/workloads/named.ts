/** What a construct that declares an object can be told of the object's name. */
export interface NamedObject {
  /** Name of the object, for instance where another construct beside it has the id that it would get. @default - the construct's id */
  readonly name?: string;
}
