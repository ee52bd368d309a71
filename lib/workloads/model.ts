/** Schemes from which KServe's storage initializer loads a model. */
const SCHEMES = ['s3', 'gs', 'hf', 'hdfs', 'webhdfs', 'pvc', 'oci', 'https', 'http', 'abfs', 'azure', 'file'];

/** A trained model: its format, and where it is stored. */
export class Model {
  private constructor(
    /** Name of the model format by which a serving runtime is chosen. */
    readonly format: string,
    /** URI of the stored model. */
    readonly uri: string,
  ) {
    const scheme = /^([a-z0-9+.-]+):\/\/./.exec(uri)?.[1];
    if (!scheme || !SCHEMES.includes(scheme))
      throw new Error(
        `the storage URI ${JSON.stringify(uri)} has none of the schemes ${SCHEMES.map((known) => `${known}://`).join(', ')}`,
      );
  }

  /**
   * A TorchServe archive.
   *
   * @param uri where it is stored, for instance `s3://bucket/path/`
   */
  static pytorch(uri: string): Model {
    return new Model('pytorch', uri);
  }
}
