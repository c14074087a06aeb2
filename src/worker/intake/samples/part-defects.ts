/**
 * What tells the classes of parts apart, and what tries to blur them: scratches, dents, and the oil,
 * dust, hairlines and smudges that parts collect on a bench.
 */
import type { Random } from '../../../domain/random.ts';
import { createBlob, traceBlob } from './blob.ts';
import { between, blend, happens, sign, wholeBetween } from './chance.ts';
import { css, hsl } from './color.ts';
import { resetContext, type Easel } from './easel.ts';
import type { Point } from './point.ts';
import type { Light } from './light.ts';
import { placeOnPart, type PartForm } from './part-shape.ts';
import { toScene, type Pose } from './part-pose.ts';

type DefectPainter = (
  easel: Easel,
  random: Random,
  form: PartForm,
  pose: Pose,
  light: Light,
  difficulty: number,
) => void;

/** Fine lines, mostly running one way, with a dark furrow or a bright lip, as the metal has it. */
export const paintScratches: DefectPainter = (easel, random, form, pose, light, difficulty) => {
  const count = Math.max(2, Math.round(blend(36, 20, difficulty) * between(random, 0.75, 1.25)));
  const strength = blend(1, 0.86, difficulty);
  const reach = blend(1.4, 0.95, difficulty);
  const width = blend(4.2, 2.6, difficulty);
  const direction = between(random, 0, Math.PI);
  const dark = happens(random, 0.5) ? 0.85 : 0.12;
  for (let scratch = 0; scratch < count; scratch++) {
    const stray = happens(random, 0.25) ? random.normal() : random.normal() * 0.16;
    const middle = placeOnPart(easel.relief.context, random, form);
    const length = reach * between(random, 0.5, 1.15) * pose.radius;
    scratchLine(easel, random, toScene(pose, middle), direction + stray, length, light, {
      strength: strength * between(random, 0.7, 1),
      width: width * between(random, 0.7, 1.15),
      dark,
    });
  }
};

/** Soft round depressions with a slight rim, straight into the height map; they keep apart. */
export const paintDents: DefectPainter = (easel, random, form, pose, _light, difficulty) => {
  const count = Math.max(1, Math.round(blend(7, 4.2, difficulty) * between(random, 0.8, 1.25)));
  const steepness = blend(1.8, 1.05, difficulty);
  const pressed: { readonly middle: Point; readonly radius: number }[] = [];
  // Small faces have no room for all: give up after a while.
  for (let attempt = 0; attempt < 3 * count && pressed.length < count; attempt++) {
    const middle = toScene(pose, placeOnPart(easel.relief.context, random, form));
    const radius = pose.radius * blend(0.23, 0.16, difficulty) * between(random, 0.7, 1.3);
    const crowded = pressed.some(
      (other) =>
        Math.hypot(other.middle.x - middle.x, other.middle.y - middle.y) <
        0.95 * (other.radius + radius),
    );
    if (crowded) continue;
    pressed.push({ middle, radius });
    pressDent(easel, random, middle, radius, steepness * between(random, 0.8, 1.2));
  }
};

/** In every class; more and more deceptive with difficulty. */
export const paintHandling: DefectPainter = (easel, random, form, pose, light, difficulty) => {
  const colour = easel.object.context;
  const unit = easel.size / 320;
  const somewhere = (): Point => toScene(pose, placeOnPart(easel.relief.context, random, form));
  beginOnPart(colour);

  for (let smear = Math.round(blend(0, 3.5, difficulty) * random.float()); smear > 0; smear--) {
    const { x, y } = somewhere();
    const dark = happens(random, 0.7);
    const radius = pose.radius * between(random, 0.1, 0.34);
    const tone = dark ? hsl(between(random, 20, 50), 30, 12) : hsl(40, 10, 92);
    const alpha = between(random, 0.06, blend(0.1, 0.2, difficulty));
    colour.shadowColor = css(tone, alpha * 2);
    colour.shadowBlur = radius * 0.5;
    colour.fillStyle = css(tone, alpha);
    traceBlob(colour, createBlob(random, 0.8), x, y, radius);
    colour.fill();
  }
  colour.shadowColor = 'rgba(0,0,0,0)';
  for (let speck = Math.round(blend(2, 30, difficulty) * random.float()); speck > 0; speck--) {
    const { x, y } = somewhere();
    colour.fillStyle = css(hsl(35, 15, happens(random, 0.5) ? 20 : 85), between(random, 0.25, 0.7));
    colour.fillRect(x, y, between(random, 0.7, 1.8) * unit, between(random, 0.7, 1.8) * unit);
  }
  for (let hair = Math.round(blend(0, 3, difficulty) * random.float()); hair > 0; hair--) {
    const angle = between(random, 0, Math.PI);
    const length = pose.radius * between(random, 0.12, 0.4);
    scratchLine(easel, random, somewhere(), angle, length, light, {
      strength: 0.24,
      width: 0.9,
      dark: 0.4,
    });
  }
  if (happens(random, blend(0, 0.3, difficulty))) {
    const radius = pose.radius * between(random, 0.08, 0.16);
    pressDent(easel, random, somewhere(), radius, 0.09);
  }
  resetContext(colour);
};

interface ScratchLook {
  readonly strength: number;
  /** Pixels at 320 px. */
  readonly width: number;
  /** 0 only the bright lip shows, 1 only the dark furrow. */
  readonly dark: number;
}

function scratchLine(
  easel: Easel,
  random: Random,
  middle: Point,
  angle: number,
  length: number,
  light: Light,
  look: ScratchLook,
): void {
  const colour = easel.object.context;
  const relief = easel.relief.context;
  const unit = easel.size / 320;
  beginOnPart(colour);
  resetContext(relief);
  const bow = random.normal() * 0.06 * length;
  const wobble = between(random, 0, 6.28);
  const pieces = wholeBetween(random, 8, 12);
  const at = (share: number): Point => {
    const forward = (share - 0.5) * length;
    const sideways = bow * (1 - (2 * share - 1) ** 2) + Math.sin(share * 9 + wobble) * 0.4 * unit;
    return {
      x: middle.x + Math.cos(angle) * forward - Math.sin(angle) * sideways,
      y: middle.y + Math.sin(angle) * forward + Math.cos(angle) * sideways,
    };
  };
  // The lip that faces the light shines, the furrow behind it is dark.
  const shift = 0.7 * look.width * unit;
  const lipX = -light.x * shift;
  const lipY = -light.y * shift;
  for (let piece = 0; piece < pieces; piece++) {
    const from = at(piece / pieces);
    const to = at((piece + 1) / pieces);
    // Pressure rises and falls along the stroke.
    const pressure = Math.sin(((piece + 0.5) / pieces) * Math.PI) ** 0.6 * between(random, 0.6, 1);
    const width = look.width * unit * (0.5 + 0.5 * pressure);
    const alpha = look.strength * pressure;
    line(
      colour,
      from.x - lipX,
      from.y - lipY,
      to.x - lipX,
      to.y - lipY,
      width,
      `rgba(8,8,12,${(0.8 * look.dark * alpha).toFixed(3)})`,
    );
    line(
      colour,
      from.x,
      from.y,
      to.x,
      to.y,
      width,
      `rgba(255,255,255,${(0.95 * (1 - look.dark) * alpha).toFixed(3)})`,
    );
    line(
      relief,
      from.x,
      from.y,
      to.x,
      to.y,
      width * 1.2,
      `rgba(0,0,0,${(0.2 * alpha).toFixed(3)})`,
    );
  }
}

/** `steepness` is the greatest slope of the depression's wall. Radius in pixels. */
function pressDent(
  easel: Easel,
  random: Random,
  middle: Point,
  radius: number,
  steepness: number,
): void {
  const { size, height } = easel;
  const stretch = between(random, 1, 1.22);
  const turn = between(random, 0, Math.PI);
  const cosine = Math.cos(turn);
  const sine = Math.sin(turn);
  const lopsided = 0.15 * sign(random);
  // The bowl ends at q = 1.6; stretched and lopsided, nowhere beyond this distance.
  const reach = radius * 2.15;
  // (1 - q² / 2.56)³ falls fastest at q = 0.72, by 1.07 of its depth per radius.
  const depth = (steepness * radius) / 1.07;
  const top = Math.max(0, Math.floor(middle.y - reach));
  const bottom = Math.min(size - 1, Math.ceil(middle.y + reach));
  const left = Math.max(0, Math.floor(middle.x - reach));
  const right = Math.min(size - 1, Math.ceil(middle.x + reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const dx = (x - middle.x) / radius;
      const dy = (y - middle.y) / radius;
      const along = (dx * cosine + dy * sine) / stretch;
      const across = (-dx * sine + dy * cosine) * stretch * (1 + lopsided * along);
      const q2 = along * along + across * across;
      // Bowl and rim run out with slope 0: a step, however small, would shine like a scratch.
      if (q2 >= 2.56) continue;
      const bowl = (1 - q2 / 2.56) ** 3;
      const offCrest = Math.max(0, 1 - ((Math.sqrt(q2) - 1.15) / 0.45) ** 2);
      height[y * size + x]! -= depth * (bowl - 0.15 * offCrest * offCrest);
    }
  }
}

function beginOnPart(colour: OffscreenCanvasRenderingContext2D): void {
  resetContext(colour);
  colour.globalCompositeOperation = 'source-atop';
}

function line(
  context: OffscreenCanvasRenderingContext2D,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  width: number,
  style: string,
): void {
  context.strokeStyle = style;
  context.lineWidth = width;
  context.lineCap = 'butt';
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
}
