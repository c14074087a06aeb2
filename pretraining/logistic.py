"""Multinomial logistic regression on few examples with many features, in numpy.

min over W, b of  sum_i -log p(y_i | x_i) + penalty/2 * |W|^2, the bias not penalised. With fewer
examples than features W lies in the span of the examples, so the problem is solved in at most n
coordinates: the principal axes, in which the quadratic bound of the loss (Boehning 1992) is diagonal.
Steps along that bound are accelerated, with restarts (O'Donoghue & Candes 2015).
"""
from __future__ import annotations

import numpy as np


def standardise(train: np.ndarray, test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Zero mean and unit variance by the training examples; constant features become zero."""
    mean = train.mean(0)
    spread = train.std(0)
    scale = np.where(spread > 1e-6 * (1 + np.abs(mean)), 1 / np.maximum(spread, 1e-12), 0)
    return (train - mean) * scale, (test - mean) * scale


def predict_few_shot(
    train: np.ndarray, labels: np.ndarray, test: np.ndarray, classes: int, penalty: float = 1.0
) -> np.ndarray:
    """Predicted class [m] of `test` [m, d], after fitting `train` [n, d] with `labels` [n]."""
    x, x_test = standardise(train.astype(np.float64), test.astype(np.float64))
    # Coordinates along the principal axes of the examples, from the Gram matrix: [n, n], not [d, d].
    values, vectors = np.linalg.eigh(x @ x.T)
    used = values > values[-1] * 1e-10
    values, vectors = values[used], vectors[:, used]
    root = np.sqrt(values)
    weights, bias = fit(vectors * root, values, labels, classes, penalty)
    return np.argmax((x_test @ x.T) @ (vectors / root) @ weights + bias, axis=1)


def fit(
    x: np.ndarray, values: np.ndarray, labels: np.ndarray, classes: int, penalty: float,
    most_steps: int = 2000,
) -> tuple[np.ndarray, np.ndarray]:
    """Weights [r, classes] and bias [classes] for centred `x` [n, r] with x^T x = diag(values)."""
    n = len(x)
    target = np.eye(classes)[labels]
    # The softmax's Hessian is at most half of the linear one, which is diagonal here.
    step = 1 / (0.5 * values + penalty)[:, None]
    bias_step = 2 / n
    w = w_ahead = np.zeros((x.shape[1], classes))
    b = b_ahead = np.zeros(classes)
    momentum = 1.0
    for _ in range(most_steps):
        excess = _softmax(x @ w_ahead + b_ahead) - target
        gradient, b_gradient = x.T @ excess + penalty * w_ahead, excess.sum(0)
        w_new, b_new = w_ahead - step * gradient, b_ahead - bias_step * b_gradient
        moved = np.sqrt(np.sum((w_new - w_ahead) ** 2) / (np.sum(w_new**2) + 1e-12))
        if np.sum(gradient * (w_new - w)) + np.sum(b_gradient * (b_new - b)) > 0:
            following = 1.0
        else:
            following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        push = (momentum - 1) / following if following > 1 else 0.0
        w_ahead, b_ahead = w_new + push * (w_new - w), b_new + push * (b_new - b)
        w, b, momentum = w_new, b_new, following
        if moved < 1e-5:
            break
    return w, b


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)
