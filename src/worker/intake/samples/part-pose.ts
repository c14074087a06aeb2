/** Where a machined part lies, and the way from its own coordinates to the picture's. */
import { resetContext } from './easel.ts';
import type { Point } from './point.ts';

/** Middle and radius in pixels, turned, then seen at an angle. */
export interface Pose extends Point {
  readonly radius: number;
  readonly angle: number;
  /** How much its height is foreshortened: 1 is seen from straight above. */
  readonly tilt: number;
}

/** From units of the part to pixels of the picture. */
export function toScene(pose: Pose, { x, y }: Point): Point {
  const forward = x * pose.radius;
  const sideways = y * pose.radius * pose.tilt;
  return {
    x: pose.x + forward * Math.cos(pose.angle) - sideways * Math.sin(pose.angle),
    y: pose.y + forward * Math.sin(pose.angle) + sideways * Math.cos(pose.angle),
  };
}

/** The same for everything drawn on `context` from now on. */
export function enterPose(context: OffscreenCanvasRenderingContext2D, pose: Pose): void {
  resetContext(context);
  context.translate(pose.x, pose.y);
  context.rotate(pose.angle);
  context.scale(pose.radius, pose.radius * pose.tilt);
}
