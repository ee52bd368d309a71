import { chmodSync, copyFileSync, existsSync, lstatSync, mkdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REPOSITORY } from '../../support/repository';
import { executable } from '../build';
import { DATABASE, programOf, repositoryOf } from './images';

/** What an image brings: a file tree, and what runs in it. */
export interface Root {
  readonly folder: string;
  readonly entrypoint: string;
  readonly workingDirectory: string;
  readonly user: number;
  /** Folders of the machine that the file tree shows. */
  readonly shared: readonly string[];
}

const USERS = [
  'root:x:0:0:root:/root:/sbin/nologin',
  'nonroot:x:65532:65532::/home/nonroot:/sbin/nologin',
  'mysql:x:999:999::/:/',
];

/** Makes the file tree of a container. */
export function makeRoot(image: string, folder: string): Root {
  for (const path of ['etc/ssl/certs', 'tmp', 'var/run', 'home/nonroot']) mkdirSync(join(folder, path), { recursive: true });
  chmodSync(join(folder, 'tmp'), 0o1777);
  writeFileSync(join(folder, 'etc/passwd'), `${USERS.join('\n')}\n`);
  writeFileSync(join(folder, 'etc/resolv.conf'), '');
  return repositoryOf(image) === DATABASE ? databaseRoot(folder) : programRoot(image, folder);
}

function programRoot(image: string, folder: string): Root {
  const program = programOf(image);
  if (!program) throw new Error(`no program of ${image} is built`);
  const file = join(folder, program.path);
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file)) copyFileSync(executable(program), file);
  const { entrypoint, workingDirectory = '/', user = 0 } = program;
  return { folder, entrypoint, workingDirectory, user, shared: ['/etc/ssl/certs'] };
}

/** The database is the machine's: its folders of programs are seen. */
function databaseRoot(folder: string): Root {
  const entrypoint = '/database.sh';
  copyFileSync(join(REPOSITORY, 'test/controllers/container/database.sh'), join(folder, entrypoint));
  chmodSync(join(folder, entrypoint), 0o755);
  const programs = ['/usr', '/lib', '/lib64', '/bin', '/sbin'].filter((path) => existsSync(path));
  const links = programs.filter((path) => lstatSync(path).isSymbolicLink());
  for (const link of links) if (!existsSync(join(folder, link))) symlinkSync(readlinkSync(link), join(folder, link));
  return { folder, entrypoint, workingDirectory: '/', user: 0, shared: programs.filter((path) => !links.includes(path)) };
}
