# Sourced by ./run and ./check: installs what is missing, from Debian's or Ubuntu's own packages. Nothing else is touched:
# what is installed stays at its version, and nothing is removed.

build_packages=(
    g++ cmake ninja-build ccache pkg-config
    qt6-base-dev qt6-base-dev-tools qt6-multimedia-dev qt6-svg-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    libgl-dev libvulkan-dev glslc nlohmann-json3-dev
    libavformat-dev libavcodec-dev libavutil-dev libswscale-dev libswresample-dev
    libopenimageio-dev
    libtorch-dev libopenblas0-pthread libsentencepiece-dev libjemalloc-dev
)
run_packages=(qt6-qpa-plugins qt6-wayland qt6-translations-l10n mesa-vulkan-drivers fonts-dejavu-core fonts-droid-fallback)
test_packages=(xvfb xauth vulkan-validationlayers ffmpeg)

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query --show --showformat='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || echo "$package"
    done
}

# install_packages NAME...: installs those that are missing; says which, and how.
install_packages() {
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
        fail "This script installs its packages with apt, which is not here. On another system install the counterparts of:
  $*
and build with: cmake --preset release && cmake --build --preset release"
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -eq 0 ] && return
    local apt=(apt-get)
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "These packages are missing and installing them needs root, but there is no sudo:
  ${missing[*]}
Ask an administrator to run: apt-get install --no-install-recommends ${missing[*]}"
        apt=(sudo env DEBIAN_FRONTEND=noninteractive apt-get)
    fi
    say "Installing with apt: ${missing[*]}"
    local options=(install --yes --no-install-recommends --no-upgrade --no-remove -o Dpkg::Use-Pty=0 -o Acquire::Retries=3)
    export DEBIAN_FRONTEND=noninteractive
    "${apt[@]}" -qq update >&2 || say "apt-get update failed; trying with the package lists that are here."
    "${apt[@]}" -qq "${options[@]}" "${missing[@]}" >&2 ||
        fail "apt-get could not install all of: ${missing[*]}
Its own words are above. Nothing was built."
}

# configure_and_build PRESET TARGET...: quick when nothing changed.
configure_and_build() {
    local preset=$1
    shift
    command -v c++ >/dev/null || fail "There is no C++ compiler. Install one (apt-get install g++) and try again."
    # Configuring again is needed only when there is no build yet; Ninja does so itself when a CMake file changes.
    local words
    [ -f "build/$preset/build.ninja" ] || words=$(cmake --preset "$preset" 2>&1) || {
        say "$words"
        rm -rf "build/$preset/CMakeCache.txt"
        fail "Configuring failed; CMake's words are above."
    }
    cmake --build --preset "$preset" --target "$@" >&2 || fail "Building failed; the compiler's words are above."
}
