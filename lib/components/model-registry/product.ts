import { MENU, type Product } from '../../contracts';
import { type ExistingModelRegistry, hasOwnPage, ModelRegistry, type ModelRegistryProps } from './model-registry';
import { PATH } from './web-page';

/** A team's model registry, as a platform takes it. */
export const MODEL_REGISTRY: Product<ModelRegistryProps, ExistingModelRegistry> = {
  id: 'model-registry',
  offer: (platform, props) => {
    if (hasOwnPage(platform, props)) MENU.offer(platform, { text: 'Model Registry', link: PATH, icon: 'assignment' });
  },
  install: (platform, id, props) => new ModelRegistry(platform, id, props),
  existing: (scope, existing) => ModelRegistry.existing(scope, existing),
};
