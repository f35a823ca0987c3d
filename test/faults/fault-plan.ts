import { seededChoice } from './seeded-choice.ts';

/** What is wrong on the way to GitLab for the whole of a run. */
export const ways = [
  'http',
  'https',
  'unknown-authority',
  'expired-certificate',
  'certificate-of-another-name',
  'no-such-host',
  'refused',
  'proxy',
  'proxy-with-password',
  'proxy-wants-password',
  'proxy-refuses',
  'proxy-fails',
  'proxy-dies',
  'proxy-dies-in-tunnel',
  'proxy-stalls',
  'proxy-talks-nonsense',
] as const;
export type Way = (typeof ways)[number];

/** What can become of one answer. `none`: it is passed on as GitLab gave it. */
export const answerFaults = [
  'reset-before-head',
  'close-before-head',
  'reset-in-head',
  'reset-after-head',
  'truncated-and-closed',
  'truncated-and-reset',
  'truncated-chunk',
  'length-too-small',
  'length-too-big',
  'two-lengths',
  'shortened',
  'lengthened',
  'one-bit-flipped',
  'slow-bytes',
  'slower-bytes',
  'stall-before-head',
  'stall-in-head',
  'stall-in-body',
  'garbage-instead-of-http',
  'garbage-body',
  'empty-body',
  'html-page',
  'gzip-bomb',
  'broken-gzip',
  'unasked-encoding',
  'informational-answers',
  'answered-twice',
  '429',
  '429-after-seconds',
  '429-after-date',
  '429-after-years',
  '429-after-nonsense',
  '500',
  '501',
  '502',
  '503-after-seconds',
  '504',
  'redirect-to-itself',
  'redirect-ping-pong',
  'redirect-chain',
  'redirect-elsewhere',
  'redirect-elsewhere-with-user',
  'redirect-elsewhere-with-token',
  'redirect-home-with-user',
  'redirect-to-other-port',
  'redirect-to-nothing',
  'redirect-to-file',
  'redirect-to-nowhere-said',
  'redirect-to-portal',
  'gateway-without-route',
  'gateway-without-key',
  'gateway-forbids',
  'gateway-unauthorized',
  'firewall-page',
  'empty-refusal',
  'odd-status',
  'no-content',
  'part-of-it',
  'not-modified',
  'switching-protocols',
  'upgrade-to-http2',
  'old-protocol',
  'cut-without-length',
  'continue-unasked',
  'continue-before-answer',
  'another-success',
  'redirect-many-times',
  'header-named-constructor',
  'limit-forbids',
  'huge-header',
  'many-headers',
  'folded-header',
  'nameless-header',
  'bare-line-feeds',
  'spaced-header-name',
  'zero-in-header',
  'negative-chunk',
  'chunk-extensions-and-trailers',
  'length-and-chunks',
  'json-of-another-kind',
  'json-too-deep',
  'metadata-of-wrong-types',
  'tarball-nowhere',
] as const;
export type AnswerFault = (typeof answerFaults)[number];

/** What is true of the job's rights at GitLab, whatever happens on the way. */
export const truths = ['allowed', 'not-on-allowlist', 'no-role', 'finished-token'] as const;
export type Truth = (typeof truths)[number];

/** One run as a seed has it: the situation, the way, and what becomes of each answer. */
export interface FaultPlan {
  seed: number;
  truth: Truth;
  way: Way;
  secure: boolean;
  command: 'run' | 'verify';
  locked: boolean;
  objectStorage: boolean;
  relativeRoot: string;
  retries: number;
  /** Milliseconds. */
  timeout: number;
  concurrency: number | null;
  /** What a host that is not GitLab answers. */
  strangers: 'tarball' | 'html' | 'not-found' | 'forbidden' | 'metadata';
  /** Nothing is wrong anywhere: the run must come to the truth. */
  calm: boolean;
  /** The fault of the `nth` answer for a path, counted from 0. */
  faultOf(path: string, nth: number): AnswerFault | 'none';
}

/** Ways on which answers come through at all. */
const passable: readonly [Way, ...Way[]] = ['http', 'http', 'http', 'https', 'proxy', 'proxy-with-password'];

/** The plan of a seed: always the same. */
export function faultPlan(seed: number): FaultPlan {
  const draw = seededChoice(`run ${seed}`);
  const calm = draw.below(12) === 0;
  const blocked = !calm && draw.below(3) === 0;
  const way = blocked ? draw.one(ways) : draw.one(passable);
  const share = calm || (blocked && draw.below(2) === 0) ? 0 : draw.one([0.05, 0.2, 0.5, 1]);
  const single = draw.below(2) === 0 ? draw.one(answerFaults) : null;
  const onlyTarballs = draw.below(3) === 0;
  const firstOnly = draw.below(4) === 0;
  return {
    seed,
    truth: draw.one(['allowed', 'allowed', 'allowed', ...truths]),
    way,
    secure: /^(https|unknown|expired|certificate)/.test(way) || (/^proxy/.test(way) && draw.below(2) === 0),
    command: draw.one(['run', 'run', 'verify']),
    locked: draw.below(2) === 0,
    objectStorage: draw.below(4) === 0,
    relativeRoot: draw.one(['', '', '/gitlab']),
    retries: draw.one([0, 1, 2]),
    timeout: calm ? 20_000 : draw.one([250, 400, 600]),
    concurrency: draw.one([null, 1, 2]),
    strangers: draw.one(['tarball', 'html', 'not-found', 'forbidden', 'metadata']),
    calm: calm && passable.includes(way),
    faultOf(path, nth) {
      const here = seededChoice(`answer ${seed} ${path} ${nth}`);
      if (onlyTarballs && !path.endsWith('.tgz')) return 'none';
      if (firstOnly && nth > 0) return 'none';
      if (here.fraction() >= share) return 'none';
      return single ?? here.one(answerFaults);
    },
  };
}
