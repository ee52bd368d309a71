import { type Credential, contradiction, type FromSecret } from './credential';

/** A token of Hugging Face by its value. */
export interface HuggingFaceToken {
  /** Written into a Secret. */
  readonly token: string;
}

/** Access to private and gated models of Hugging Face. A Secret has the token as `HF_TOKEN`. */
export type HuggingFaceCredentials = FromSecret | HuggingFaceToken;

/** Access to Hugging Face as KServe takes it. */
export function huggingFaceCredential(options: HuggingFaceCredentials): Credential {
  return {
    store: 'Hugging Face',
    opens: /^hf:\/\//,
    problems: contradiction('Hugging Face', options, ['secret', 'token']),
    source: 'secret' in options ? options : { suffix: 'hugging-face', data: { HF_TOKEN: options.token } },
  };
}
