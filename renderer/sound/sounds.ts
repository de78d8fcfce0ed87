/** The three sounds of the verdicts and the soft tick of a refused key, made of plain tones: no files to load. */
import type { SoundName } from '../machine/inputs.ts';

interface Tone {
  readonly atSeconds: number;
  readonly seconds: number;
  readonly hertz: number;
  readonly loudness: number;
}

const tones: Readonly<Record<SoundName, readonly Tone[]>> = {
  paid: [{ atSeconds: 0, seconds: 0.08, hertz: 659, loudness: 1 }, { atSeconds: 0.09, seconds: 0.09, hertz: 988, loudness: 1 }],
  notPaid: [{ atSeconds: 0, seconds: 0.25, hertz: 196, loudness: 1 }],
  notKnown: [0, 0.16, 0.32].map((atSeconds) => ({ atSeconds, seconds: 0.07, hertz: 330, loudness: 1 })),
  tick: [{ atSeconds: 0, seconds: 0.015, hertz: 1200, loudness: 0.25 }],
};

/** A tone begins and ends within this, so that it doesn't click. */
const fadeSeconds = 0.008;

/** Plays sounds at a volume of 0 to 100. A page that may not make sound yet stays silent. */
export function createSpeaker(): (sound: SoundName, volume: number) => void {
  let context: AudioContext | null = null;
  return (sound, volume) => {
    if (volume === 0) return;
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
    for (const tone of tones[sound]) playTone(context, tone, volume / 100);
  };
}

function playTone(context: AudioContext, tone: Tone, volume: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const start = context.currentTime + tone.atSeconds;
  const end = start + tone.seconds;
  oscillator.type = 'triangle';
  oscillator.frequency.value = tone.hertz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(volume * tone.loudness, start + fadeSeconds);
  gain.gain.setValueAtTime(volume * tone.loudness, end - fadeSeconds);
  gain.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(end);
}
