#!/usr/bin/env bash
# What a machine with a CUDA card is for. Builds the worker without Qt; no network is needed.
#
#   tools/on-gpu.sh check                     the fixtures in float32 and in the card's own type, step times
#   tools/on-gpu.sh train RUN [RESULT] [ARGUMENTS...]   trains a starter, or goes on where an earlier call stopped
#
# train: ARGUMENTS are those of `fantascope-worker train starter` (--size large --minutes 45 if there are none) and count
# when RUN is new. A call that is cut short loses less than a minute: call again with the same RUN. RESULT gathers what is
# worth keeping.
#
# Needs cmake, ninja, a C++20 compiler, nlohmann-json, SentencePiece and a CUDA libtorch. The latter is found in this
# order: TORCH_PREFIX, the libtorch of an installed Python torch, what CMake finds.
set -euo pipefail
cd "$(dirname "$0")/.."

build() {
  local prefix="${TORCH_PREFIX:-}"
  if [ -z "$prefix" ] && command -v python3 >/dev/null; then
    prefix="$(python3 -c 'import torch; print(torch.utils.cmake_prefix_path)' 2>/dev/null || true)"
  fi
  if [ ! -e build/gpu/build.ninja ]; then
    cmake -S . -B build/gpu --preset gpu ${prefix:+-DCMAKE_PREFIX_PATH="$prefix"}
  fi
  cmake --build build/gpu --target "$@"
}

check() {
  build fantascope-worker GenerationBenchmark
  local folder failed=0
  for folder in tests/fixtures/engine tests/fixtures/engine-shapes; do
    echo "== $folder, float32"
    FANTASCOPE_DTYPE=fp32 build/gpu/bin/fantascope-worker parity "$folder" --device cuda | grep -v '^PASS' || failed=1
    echo "== $folder, the card's type"
    build/gpu/bin/fantascope-worker parity "$folder" --device cuda | grep -v '^PASS' || failed=1
  done
  build/gpu/tests/GenerationBenchmark card
  return $failed
}

train() {
  local run="$1" result="${2:-$1-result}" status=0
  shift $(($# < 2 ? $# : 2))
  [ $# -gt 0 ] || set -- --size large --minutes 45
  build fantascope-worker
  if [ -e "$run/run.json" ]; then
    set -- --resume "$run"
  else
    set -- "$@" --output "$run"
  fi
  mkdir -p "$result"
  build/gpu/bin/fantascope-worker train starter --device cuda "$@" >>"$result/events" || status=$?
  # What there is, also when the run was cut short: the model as it was last laid out, curves, sheet.
  local file
  for file in model validation.png validation.txt vae-loss.csv vae-loss.png transformer-loss.csv transformer-loss.png run.json; do
    if [ -e "$run/$file" ]; then
      cp -r "$run/$file" "$result/"
    fi
  done
  echo "result: $result (status $status)"
  return "$status"
}

if [ "${1:-}" = check ]; then
  check
elif [ "${1:-}" = train ] && [ $# -gt 1 ]; then
  shift
  train "$@"
else
  sed -n '2,/^set/{/^#/p}' "$0" >&2
  exit 2
fi
