#!/usr/bin/env python3
"""Computes the golden values of the log-mel features, in float64 with numpy alone.

    python3 features/src/test/golden/generate_golden.py

writes, for every preset of FeatureSpec, into features/src/test/resources/golden:

    {preset}.pcm      the signal: 16-bit little-endian mono at the preset's rate
    {preset}.f64      the values: float64 little-endian, frame by frame, band by band
    golden.properties seed, tolerances, and the number of samples, frames and bands of each

It shares no code with the Java implementation and is written from the definitions.

Frames: librosa.stft(center=False, win_length=window, n_fft=fft, hop_length=hop): frame i spans the
samples [i * hop, i * hop + fft); a window shorter than the FFT lies in its middle; samples / 32768.

Mel filters: librosa.filters.mel(sr, n_fft, n_mels, fmin, fmax, htk, norm). bands + 2 points evenly
spaced in mel; filter m is the triangle over the points m, m + 1, m + 2 in Hz, evaluated at the exact
frequencies of the FFT's bins (bin * sr / n_fft, not rounded to bins). Slaney's mel is linear below
1 kHz (200/3 Hz a mel) and logarithmic above (27 mels for a factor of 6.4); HTK's is
2595 log10(1 + f / 700). norm="slaney" multiplies a filter by 2 / (upper - lower) in 1/Hz, so that all
have the same area; norm=None leaves the peak at 1.

Values: librosa's own logarithms take a maximum over the whole file (top_db), which a stream cannot
know; here the floor is absolute: ln(max(x, 1e-10)) of the power, or, as the study that the preset
"seed" repeats, 20 log10(max(x, 1e-5)) of the magnitude.
"""

from pathlib import Path

import numpy as np

SEED = 20261122

# Single precision in the FFT allows this much, above -80 dB of the frame's peak.
TOLERANCE_LN = 1e-3
TOLERANCE_DB = 5e-3
RANGE_DB = 80

PRESETS = {
    "wideband": dict(
        rate=16000, window=400, fft=512, hop=160, hamming=False, power=True,
        htk=False, area=True, bands=40, low=50.0, high=7600.0, natural=True, floor=1e-10,
    ),
    "narrowband": dict(
        rate=8000, window=200, fft=256, hop=80, hamming=False, power=True,
        htk=False, area=True, bands=40, low=50.0, high=3900.0, natural=True, floor=1e-10,
    ),
    "seed": dict(
        rate=22050, window=1024, fft=1024, hop=256, hamming=True, power=False,
        htk=True, area=False, bands=64, low=50.0, high=5000.0, natural=False, floor=1e-5,
    ),
}


def signal(rate, high):
    """Noise, a chirp near full scale, digital silence, a quiet part, and clipped noise: int16.

    The chirp ends at the highest band's edge: rounding errors of an FFT go by the loudest bin, and
    the tolerance goes by the loudest band.
    """
    random = np.random.default_rng(SEED)
    noise = random.normal(0, 3000, int(0.25 * rate))
    t = np.arange(int(0.35 * rate)) / rate
    sweep = 2 * np.pi * (40 * t + (high - 40) * t**2 / (2 * t[-1]))
    chirp = 32000 * np.sin(sweep)
    silence = np.zeros(int(0.15 * rate))
    quiet = random.normal(0, 1.5, int(0.25 * rate))
    clipped = random.normal(0, 40000, int(0.1 * rate))
    whole = np.concatenate([noise, chirp, silence, quiet, clipped])
    return np.clip(np.round(whole), -32768, 32767).astype("<i2")


def mel_of_hz(hz, htk):
    hz = np.asarray(hz, dtype=np.float64)
    if htk:
        return 2595.0 * np.log10(1.0 + hz / 700.0)
    linear = hz * 3.0 / 200.0
    logarithmic = 15.0 + 27.0 * np.log(np.maximum(hz, 1e-9) / 1000.0) / np.log(6.4)
    return np.where(hz < 1000.0, linear, logarithmic)


def hz_of_mel(mel, htk):
    mel = np.asarray(mel, dtype=np.float64)
    if htk:
        return 700.0 * (10.0 ** (mel / 2595.0) - 1.0)
    return np.where(mel < 15.0, mel * 200.0 / 3.0, 1000.0 * 6.4 ** ((mel - 15.0) / 27.0))


def mel_filters(p):
    """Weights of shape [bands, fft / 2 + 1]."""
    bins = np.linspace(0.0, p["rate"] / 2.0, p["fft"] // 2 + 1)
    low, high = mel_of_hz(p["low"], p["htk"]), mel_of_hz(p["high"], p["htk"])
    points = hz_of_mel(np.linspace(low, high, p["bands"] + 2), p["htk"])
    filters = np.zeros((p["bands"], len(bins)))
    for m in range(p["bands"]):
        # np.interp is 0 outside of the triangle.
        filters[m] = np.interp(bins, points[m : m + 3], [0.0, 1.0, 0.0], left=0.0, right=0.0)
        if p["area"]:
            filters[m] *= 2.0 / (points[m + 2] - points[m])
    return filters


def log_mel(pcm, p):
    """Values of shape [frames, bands]."""
    n = np.arange(p["window"])
    if p["hamming"]:
        window = 0.54 - 0.46 * np.cos(2 * np.pi * n / (p["window"] - 1))
    else:
        window = 0.5 - 0.5 * np.cos(2 * np.pi * n / p["window"])
    padding = p["fft"] - p["window"]
    window = np.pad(window, (padding // 2, padding - padding // 2))
    samples = pcm.astype(np.float64) / 32768.0
    count = (len(samples) - p["fft"]) // p["hop"] + 1
    frames = np.stack([samples[i * p["hop"] : i * p["hop"] + p["fft"]] for i in range(count)])
    spectrum = np.abs(np.fft.rfft(frames * window, axis=1))
    if p["power"]:
        spectrum = spectrum**2
    mel = np.maximum(spectrum @ mel_filters(p).T, p["floor"])
    return np.log(mel) if p["natural"] else 20.0 * np.log10(mel)


def main():
    out = Path(__file__).resolve().parent.parent / "resources" / "golden"
    out.mkdir(parents=True, exist_ok=True)
    lines = [
        "# Written by generate_golden.py, which says what the values are.",
        f"seed={SEED}",
        f"tolerance.ln={TOLERANCE_LN}",
        f"tolerance.db={TOLERANCE_DB}",
        f"range.db={RANGE_DB}",
    ]
    for name, p in PRESETS.items():
        pcm = signal(p["rate"], p["high"])
        values = log_mel(pcm, p)
        (out / f"{name}.pcm").write_bytes(pcm.tobytes())
        (out / f"{name}.f64").write_bytes(values.astype("<f8").tobytes())
        lines.append(f"{name}.samples={len(pcm)}")
        lines.append(f"{name}.frames={values.shape[0]}")
        lines.append(f"{name}.bands={values.shape[1]}")
    (out / "golden.properties").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
