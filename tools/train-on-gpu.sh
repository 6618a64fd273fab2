#!/usr/bin/env bash
# Trains the large starter on a machine with a CUDA card: builds the worker without Qt, trains (or goes on where an
# earlier call stopped), and gathers what is worth keeping. No network is needed.
#
#   tools/train-on-gpu.sh [MINUTES] [RUN_FOLDER] [RESULT_FOLDER]
#
# Needs cmake, ninja, a C++20 compiler, nlohmann-json, SentencePiece and a CUDA libtorch. The latter is found in this order: TORCH_PREFIX, the
# libtorch of an installed Python torch, what CMake finds.
# MINUTES is the training's own budget; a call that is cut short loses less than a minute: call again with the same RUN_FOLDER.
set -euo pipefail
cd "$(dirname "$0")/.."
minutes="${1:-45}"
run="${2:-$PWD/starter-large-run}"
result="${3:-$PWD/starter-large}"
size="${STARTER_SIZE:-large}"

prefix="${TORCH_PREFIX:-}"
if [ -z "$prefix" ] && command -v python3 >/dev/null; then
  prefix="$(python3 -c 'import torch; print(torch.utils.cmake_prefix_path)' 2>/dev/null || true)"
fi
if [ ! -x build/gpu/bin/fantascope-worker ] || [ "${REBUILD:-0}" = 1 ]; then
  cmake -S . -B build/gpu --preset gpu ${prefix:+-DCMAKE_PREFIX_PATH="$prefix"} -DBUILD_TESTING=OFF
  cmake --build build/gpu --target fantascope-worker
fi
worker=build/gpu/bin/fantascope-worker

if [ -e "$run/run.json" ]; then
  arguments=(--resume "$run")
else
  arguments=(--size "$size" --minutes "$minutes" --output "$run")
fi
status=0
"$worker" train starter --device "${STARTER_DEVICE:-cuda}" "${arguments[@]}" >"$run.events" || status=$?

# What there is, also when the run was cut short: the model as it was last laid out, curves, sheet, checkpoints.
mkdir -p "$result"
for file in model validation.png validation.txt vae-loss.csv vae-loss.png transformer-loss.csv transformer-loss.png run.json \
  spiece.model vae.json vae.safetensors vae.checkpoint.safetensors transformer.checkpoint.safetensors; do
  if [ -e "$run/$file" ]; then
    cp -r "$run/$file" "$result/"
  fi
done
echo "result: $result (status $status)"
exit "$status"
