import { configmaps } from '../../../crds-imports/core';
import { declare, Image, type ImageSettings, Images } from '../../../lib';
import { assemble, errors } from '../../support/app';

const EXPLAINER = Image.of('kserve/art-explainer:latest');
const DIGEST = `sha256:${'a'.repeat(64)}`;

/** A ConfigMap whose JSON gives repository and version of an image apart. */
function told(settings: ImageSettings, content: object = { image: 'kserve/art-explainer', defaultImageVersion: 'latest' }) {
  const assembly = assemble((chart) => {
    Images.settle(chart, [EXPLAINER], settings);
    declare(chart, configmaps, { metadata: { name: 'settings' }, data: { art: JSON.stringify(content, null, 2) } });
  });
  expect(errors(assembly)).toEqual([]);
  const [{ data } = { data: {} }] = assembly.model.manifests as unknown as { data: { art: string } }[];
  return { content: JSON.parse((data as { art: string }).art), images: assembly.images.map(({ image }) => image) };
}

describe('an image whose version stands apart', () => {
  test('is listed and left as it is without settings', () => {
    expect(told({})).toEqual({
      content: { image: 'kserve/art-explainer', defaultImageVersion: 'latest' },
      images: ['kserve/art-explainer:latest'],
    });
  });

  test('comes from the mirror, is pinned and overridden', () => {
    expect(told({ registry: 'registry.example.com:5000/mirror' })).toEqual({
      content: { image: 'registry.example.com:5000/mirror/kserve/art-explainer', defaultImageVersion: 'latest' },
      images: ['registry.example.com:5000/mirror/kserve/art-explainer:latest'],
    });
    expect(told({ digests: { 'kserve/art-explainer:latest': DIGEST } }).content).toEqual({
      image: 'kserve/art-explainer',
      defaultImageVersion: `latest@${DIGEST}`,
    });
    expect(told({ overrides: { 'kserve/art-explainer': 'example.com/own:2' } }).content).toEqual({
      image: 'example.com/own',
      defaultImageVersion: '2',
    });
  });

  test('is not taken for one when it is not the release’s', () => {
    const content = { image: 'example.com/other', version: '1' };
    expect(told({ registry: 'registry.example.com' }, content)).toEqual({ content, images: [] });
  });
});
