import type { InferenceServiceModel } from '../../../../crds-imports/serving.kserve.io';
import { given } from '../../pod/given';
import type { ProtocolVersion } from '../runtime/formats';
import type { ModelRuntime } from '../runtime/model-runtime';
import { type Storage, type StorageSource, storageOf } from '../storage/storage';

/** How a model is served. */
export interface ModelOptions {
  /** Version of the format, for instance `'1'`. @default - any that a runtime serves */
  readonly version?: string;
  /**
   * How clients talk to it. KServe chooses a runtime that speaks it; one that is named here is held against it only when it is given.
   *
   * @default - that of the named runtime, else v1; v2 for onnx, tensorrt, mlflow and triton, whose runtimes speak no v1
   */
  readonly protocol?: ProtocolVersion;
  /** @default - chosen by the format, the version and the protocol */
  readonly runtime?: ModelRuntime;
  /** Tag that takes the place of the one of the runtime's image. @default - the runtime's */
  readonly runtimeVersion?: string;
  /**
   * Name of the model in its server's URLs. Triton and TorchServe have it from what they load: the folder of the repository, the archive.
   *
   * @default - the server's name, which every other runtime of the release gives its model
   */
  readonly name?: string;
}

/**
 * A trained model: its format, and where it is stored. Without a source the program loads it by itself, or the server takes
 * TrainedModels.
 *
 * @see https://kserve.github.io/website/docs/model-serving/predictive-inference/frameworks/overview
 */
export class Model {
  private constructor(
    /** Name of the model format by which a serving runtime is chosen. */
    readonly format: string,
    /** Where it is stored; undefined when its program loads it. */
    readonly storage: Storage | undefined,
    readonly options: ModelOptions,
  ) {}

  /**
   * A model of any format, also those of runtimes of one's own.
   *
   * @param source where it is stored: a URI, or a Storage
   * @throws Error when the URI is none that KServe can load
   */
  static of(format: string, source?: StorageSource, options: ModelOptions = {}): Model {
    return new Model(format, source === undefined ? undefined : storageOf(source), options);
  }

  /** Archives of TorchServe: a folder with `config` and `model-store`. @param source where it is stored, for instance `s3://bucket/path/` */
  static pytorch(source?: StorageSource, options?: ModelOptions): Model {
    return Model.of('pytorch', source, options);
  }

  /** A pickled or joblib model of scikit-learn. @param source where it is stored */
  static sklearn(source?: StorageSource, options?: ModelOptions): Model {
    return Model.of('sklearn', source, options);
  }

  /** A model of XGBoost. @param source where it is stored */
  static xgboost(source?: StorageSource, options?: ModelOptions): Model {
    return Model.of('xgboost', source, options);
  }

  /** A model of LightGBM. @param source where it is stored */
  static lightgbm(source?: StorageSource, options?: ModelOptions): Model {
    return Model.of('lightgbm', source, options);
  }

  /** A model that MLflow logged. @param source where it is stored */
  static mlflow(source?: StorageSource, options?: ModelOptions): Model {
    return Model.of('mlflow', source, spoken(options));
  }

  /** A SavedModel of TensorFlow. @param source where it is stored */
  static tensorflow(source?: StorageSource, options?: ModelOptions): Model {
    return Model.of('tensorflow', source, options);
  }

  /**
   * Models in the ONNX format, by Triton unless another runtime is named.
   *
   * @param source repository of Triton: a folder with `flowers/1/model.onnx`, where `flowers` is the name of the model
   */
  static onnx(source?: StorageSource, options?: ModelOptions): Model {
    return Model.of('onnx', source, spoken(options));
  }

  /** Engines of TensorRT, by Triton. @param source repository of Triton: a folder with `flowers/1/model.plan` */
  static tensorrt(source?: StorageSource, options?: ModelOptions): Model {
    return Model.of('tensorrt', source, spoken(options));
  }

  /** Models of any kind that Triton knows. @param source repository of Triton: a folder with a folder for each model, and its versions in it */
  static triton(source?: StorageSource, options?: ModelOptions): Model {
    return Model.of('triton', source, options);
  }

  /** A model of Hugging Face's transformers, also large ones. @param source where it is stored, for instance `hf://owner/model` */
  static huggingface(source?: StorageSource, options?: ModelOptions): Model {
    return Model.of('huggingface', source, options);
  }

  /** A model in the PMML format. @param source where it is stored */
  static pmml(source?: StorageSource, options?: ModelOptions): Model {
    return Model.of('pmml', source, options);
  }

  /** A model of PaddlePaddle. @param source where it is stored */
  static paddle(source?: StorageSource, options?: ModelOptions): Model {
    return Model.of('paddle', source, options);
  }

  /** URI of the stored model; undefined when it has none. */
  get uri(): string | undefined {
    return this.storage?.uri;
  }

  /** The model as the API takes it, without the container. @internal */
  _spec(): InferenceServiceModel {
    const { version, protocol, runtime, runtimeVersion } = this.options;
    return {
      modelFormat: { name: this.format, ...given({ version }) },
      ...given({ protocolVersion: protocol, runtime: runtime?.name, runtimeVersion }),
      ...this.storage?._fields(),
    };
  }
}

/** KServe chooses by v1 where no protocol is named, which these formats' runtimes do not speak; a runtime that is named has its own. */
function spoken(options: ModelOptions = {}): ModelOptions {
  return options.protocol === undefined && options.runtime === undefined ? { ...options, protocol: 'v2' } : options;
}
