import { MENU, type NoOptions, type Product } from '../../contracts';
import { hasOwnPage, ModelRegistry, type ModelRegistryProps } from './model-registry';
import { PATH } from './web-page';

/** A team's model registry, as a platform takes it. */
export const MODEL_REGISTRY: Product<ModelRegistryProps, NoOptions> = {
  id: 'model-registry',
  offer: (platform, props) => {
    if (hasOwnPage(platform, props)) MENU.offer(platform, { text: 'Model Registry', link: PATH, icon: 'assignment' });
  },
  install: (platform, id, props) => new ModelRegistry(platform, id, props),
  existing: () => {},
};
