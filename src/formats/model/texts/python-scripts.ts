/** Python scripts of the ONNX and the Keras exports. They are written out as they stand here. */

const SQUARE = `def to_square(image, pipeline):
    """A PIL image as Headstart's square: [size, size, 3] bytes."""
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    image = image.convert("RGB")

    def scaled(longest):
        most = max(image.size)
        return tuple(max(1, (2 * side * longest + most) // (2 * most)) for side in image.size)

    store = pipeline["store"]
    if store and max(image.size) > store["longestSidePx"]:
        image = image.resize(scaled(store["longestSidePx"]), Image.Resampling.BILINEAR)
    size, fit = pipeline["square"]["size"], pipeline["square"]["fit"]
    if fit == "crop":
        side = min(image.size)
        left, top = (image.width - side) // 2, (image.height - side) // 2
        image = image.crop((left, top, left + side, top + side))
    elif fit == "pad":
        inner = image.resize(scaled(size), Image.Resampling.BILINEAR)
        image = Image.new("RGB", (size, size), (pipeline["square"]["padValue"],) * 3)
        image.paste(inner, ((size - inner.width) // 2, (size - inner.height) // 2))
    if image.size != (size, size):
        image = image.resize((size, size), Image.Resampling.BILINEAR)
    return np.asarray(image, dtype=np.uint8)
`;

export const ONNX_PREDICT = `"""python predict.py photo.jpg ...: what the model says about photos."""
import json
import pathlib
import sys

import numpy as np
import onnxruntime
from PIL import Image, ImageOps

HERE = pathlib.Path(__file__).parent
PIPELINE = json.loads((HERE / "pipeline.json").read_text(encoding="utf-8"))
SESSION = onnxruntime.InferenceSession(str(HERE / "model.onnx"))


${SQUARE}

def predict_square(square):
    """Bytes [size, size, 3] to probabilities in class order."""
    pixels = square.astype(np.float32).transpose(2, 0, 1)[None]
    return SESSION.run(["probabilities"], {"pixels": pixels})[0][0]


def withheld(probabilities):
    """What Headstart says instead of a class that is not sure enough; None: it says the class."""
    top = int(np.argmax(probabilities))
    floor, thresholds = PIPELINE["abstainBelow"], PIPELINE["thresholds"]
    if floor is not None and probabilities[top] < floor:
        return "I don't know"
    return "Not sure" if thresholds and probabilities[top] < thresholds[top] else None


if __name__ == "__main__":
    for path in sys.argv[1:]:
        probabilities = predict_square(to_square(Image.open(path), PIPELINE))
        print(f"{path}: {withheld(probabilities) or PIPELINE['classes'][int(np.argmax(probabilities))]}")
        for index in np.argsort(-probabilities):
            print(f"  {PIPELINE['classes'][index]}: {100 * probabilities[index]:.1f} %")
`;

export const ONNX_SELFTEST = `"""python selftest.py: compares the model with what Headstart's screen said."""
import json
import sys

import numpy as np
from PIL import Image

from predict import HERE, predict_square

golden = json.loads((HERE / "golden" / "golden.json").read_text(encoding="utf-8"))
largest = 0.0
for picture in golden["pictures"]:
    square = np.asarray(Image.open(HERE / "golden" / picture["file"]).convert("RGB"))
    difference = np.abs(predict_square(square) - np.array(picture["probabilities"]))
    largest = max(largest, float(difference.max()))
equal = largest <= golden["tolerance"]
print(f"{'equal' if equal else 'NOT EQUAL'}: largest difference {largest:.2e}")
sys.exit(0 if equal else 1)
`;

export const KERAS_TRAIN = `"""Repeats Headstart's training with Keras 3: frozen MobileNetV2, standardised features, your head."""
import json
import os
import pathlib

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
from PIL import Image, ImageOps

HERE = pathlib.Path(__file__).parent
PIPELINE = json.loads((HERE / "pipeline.json").read_text(encoding="utf-8"))
SETTINGS = json.loads((HERE / "settings.json").read_text(encoding="utf-8"))
FOLDERS = SETTINGS["folders"]
# Several GPUs: set this, and KERAS_BACKEND=jax (see keras.io/guides/distribution).
DISTRIBUTE = False

# Keras has weights for 96, 128, 160, 192 and 224 pixels.
SIZE = min((side for side in (96, 128, 160, 192, 224) if side >= PIPELINE["square"]["size"]), default=224)
PIPELINE["square"]["size"] = SIZE


${SQUARE}

def read_side(side):
    pictures, labels = [], []
    for label, folder in enumerate(FOLDERS):
        for path in sorted((HERE / "data" / side / folder).glob("*")):
            pictures.append(to_square(Image.open(path), PIPELINE))
            labels.append(label)
    pictures = np.stack(pictures) if pictures else np.zeros((0, SIZE, SIZE, 3), np.uint8)
    return pictures.astype(np.float32) / 127.5 - 1, np.array(labels, np.int64)


def make_optimizer(steps):
    rate = SETTINGS["learningRate"]
    if SETTINGS["schedule"] == "cosine":
        warm = round(steps * SETTINGS["warmup"])
        rate = keras.optimizers.schedules.CosineDecay(
            0.0 if warm else rate, max(1, steps - warm), warmup_target=rate if warm else None, warmup_steps=warm
        )
    clip = {"global_clipnorm": SETTINGS["gradientClip"]} if SETTINGS["gradientClip"] > 0 else {}
    name = SETTINGS["optimizer"]
    if name == "adamw":
        return keras.optimizers.AdamW(rate, weight_decay=SETTINGS["weightDecay"], **clip)
    if name == "adam":
        return keras.optimizers.Adam(rate, **clip)
    if name == "rmsprop":
        return keras.optimizers.RMSprop(rate, momentum=SETTINGS["momentum"], **clip)
    return keras.optimizers.SGD(rate, momentum=SETTINGS["momentum"] if name == "momentum" else 0.0, **clip)


def make_head(width, classes):
    # AdamW decays by itself; elsewhere weight decay is an L2 term, as in Headstart.
    decay = 0.0 if SETTINGS["optimizer"] == "adamw" else SETTINGS["weightDecay"]
    regularizer = keras.regularizers.L2(decay / 2) if decay > 0 else None
    layers = [keras.Input((width,))]
    if SETTINGS["hiddenUnits"] > 0:
        layers.append(keras.layers.Dense(SETTINGS["hiddenUnits"], "relu", kernel_regularizer=regularizer))
    if SETTINGS["dropout"] > 0:
        layers.append(keras.layers.Dropout(SETTINGS["dropout"]))
    layers.append(keras.layers.Dense(classes, "softmax", kernel_regularizer=regularizer))
    return keras.Sequential(layers)


def main():
    keras.utils.set_random_seed(SETTINGS["seed"])
    if DISTRIBUTE:
        keras.distribution.set_distribution(keras.distribution.DataParallel())
    backbone = keras.applications.MobileNetV2((SIZE, SIZE, 3), include_top=False, pooling="avg")
    backbone.trainable = False
    (x_train, y_train), (x_validation, y_validation) = read_side("train"), read_side("validation")
    train = backbone.predict(x_train, batch_size=32)
    has_validation = len(x_validation) > 0
    validation = backbone.predict(x_validation, batch_size=32) if has_validation else None
    mean, scale = np.zeros(train.shape[1]), np.ones(train.shape[1])
    if SETTINGS["standardise"]:
        mean, scale = train.mean(0), train.std(0)
        scale = np.maximum(scale, 0.1 * np.sqrt((scale**2).mean()) or 1.0)
    classes = len(FOLDERS)
    head = make_head(train.shape[1], classes)
    batch = min(SETTINGS["batchSize"], len(train))
    steps = SETTINGS["epochs"] * -(-len(train) // batch)
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=SETTINGS["labelSmoothing"])
    head.compile(make_optimizer(steps), loss, metrics=["accuracy"])
    weights = None
    if SETTINGS["balanceClasses"]:
        counts = np.bincount(y_train, minlength=classes)
        weights = {i: len(y_train) / (classes * max(1, count)) for i, count in enumerate(counts)}
    callbacks = []
    if SETTINGS["earlyStopping"] and has_validation:
        monitor = "val_loss" if SETTINGS["monitor"] == "validation-loss" else "val_accuracy"
        callbacks.append(
            keras.callbacks.EarlyStopping(
                monitor,
                min_delta=SETTINGS["minDelta"],
                patience=SETTINGS["patience"],
                mode="min" if monitor == "val_loss" else "max",
                restore_best_weights=True,
            )
        )
    one_hot = keras.utils.to_categorical
    given = ((validation - mean) / scale, one_hot(y_validation, classes)) if has_validation else None
    head.fit(
        (train - mean) / scale,
        one_hot(y_train, classes),
        epochs=SETTINGS["epochs"],
        batch_size=batch,
        validation_data=given,
        callbacks=callbacks,
        class_weight=weights,
        verbose=2,
    )
    inputs = keras.Input((SIZE, SIZE, 3))
    normalise = keras.layers.Normalization(mean=mean, variance=scale**2)
    whole = keras.Model(inputs, head(normalise(backbone(inputs))))
    whole.save(HERE / "model.keras")
    if has_validation:
        print("validation accuracy:", head.evaluate(*given, verbose=0)[1])


if __name__ == "__main__":
    main()
`;
