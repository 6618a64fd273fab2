// Tiling against the published procedure, step by step: all tiles first, then the blending, row by row of pixels.

#include "generation/model/VideoVae.h"
#include "tests/generation/model/Networks.h"

#include <functional>

#include "tests/generation/model/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using namespace generation::test;

namespace {

struct Steps {
    std::int64_t inTile, inStride, outTile, outStride, outHeight, outWidth;
};

at::Tensor plainTiles(const at::Tensor& x, const Steps& steps,
                      const std::function<at::Tensor(const at::Tensor&)>& map) {
    std::vector<std::vector<at::Tensor>> tiles;
    for (std::int64_t i = 0; i < x.size(3); i += steps.inStride) {
        tiles.emplace_back();
        for (std::int64_t j = 0; j < x.size(4); j += steps.inStride) {
            tiles.back().push_back(map(x.slice(3, i, i + steps.inTile).slice(4, j, j + steps.inTile)).clone());
        }
    }
    const auto blend = [&](const at::Tensor& a, const at::Tensor& b, std::int64_t dimension) {
        const std::int64_t extent = std::min({a.size(dimension), b.size(dimension), steps.outTile - steps.outStride});
        for (std::int64_t k = 0; k < extent; ++k) {
            const double weight = static_cast<double>(k) / static_cast<double>(extent);
            at::Tensor line = b.select(dimension, k);
            line.copy_(a.select(dimension, a.size(dimension) - extent + k) * (1.0 - weight) + line * weight);
        }
    };
    std::vector<at::Tensor> rows;
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        std::vector<at::Tensor> row;
        for (std::size_t j = 0; j < tiles[i].size(); ++j) {
            if (i > 0) {
                blend(tiles[i - 1][j], tiles[i][j], 3);
            }
            if (j > 0) {
                blend(tiles[i][j - 1], tiles[i][j], 4);
            }
            row.push_back(tiles[i][j].slice(3, 0, steps.outStride).slice(4, 0, steps.outStride));
        }
        rows.push_back(at::cat(row, 4));
    }
    return at::cat(rows, 3).slice(3, 0, steps.outHeight).slice(4, 0, steps.outWidth);
}

/// 2.2: latents are a sixteenth; decoded tiles are counted in pixels, those that are encoded in patchified pixels.
void checkResidualType(Checks& c) {
    const auto vae = fixtureNetworkOf<VideoVae>(openFixture("vae22_tiny"), parseVaeConfig);
    const Tiling tiling{64, 48};
    const at::Tensor latents = at::randn({1, 48, 2, 7, 9});
    const Steps decode{4, 3, 32, 24, 56, 72};
    const at::Tensor raw = plainTiles(latents, decode, [&](const at::Tensor& tile) { return vae.decodeRaw(tile); });
    CHECK(c, distance(vae.decodeTiled(latents, tiling), vae.unpatchify(raw).clamp(-1.0, 1.0)) <= 1e-6);

    const at::Tensor video = at::rand({1, 3, 5, 144, 176}) * 2.0 - 1.0;
    const Steps encode{128, 96, 8, 6, 9, 11}; // in pixels here: 64 and 48 patchified ones
    const at::Tensor mean =
        plainTiles(video, encode, [&](const at::Tensor& tile) { return vae.encodeDistribution(tile).mean; });
    CHECK(c, distance(vae.encodeTiled(video, tiling), mean) <= 1e-6);
}

void checkPlainType(Checks& c) {
    const auto vae = fixtureNetworkOf<VideoVae>(openFixture("vae21_tiny"), parseVaeConfig);
    const Tiling tiling{32, 24};
    const at::Tensor latents = at::randn({2, 16, 2, 8, 5});
    const Steps decode{4, 3, 32, 24, 64, 40};
    const at::Tensor raw = plainTiles(latents, decode, [&](const at::Tensor& tile) { return vae.decodeRaw(tile); });
    CHECK(c, distance(vae.decodeTiled(latents, tiling), raw.clamp(-1.0, 1.0)) <= 1e-6);
    const at::Tensor video = at::rand({1, 3, 5, 64, 40}) * 2.0 - 1.0;
    const Steps encode{32, 24, 4, 3, 8, 5};
    const at::Tensor mean =
        plainTiles(video, encode, [&](const at::Tensor& tile) { return vae.encodeDistribution(tile).mean; });
    CHECK(c, distance(vae.encodeTiled(video, tiling), mean) <= 1e-6);
}

void checkGroups(Checks& c) {
    for (const char* name : {"vae21_tiny", "vae22_tiny"}) {
        const auto vae = fixtureNetworkOf<VideoVae>(openFixture(name), parseVaeConfig);
        const std::int64_t factor = vae.config().spatialFactor();
        const at::Tensor latents = at::randn({1, vae.config().latentChannels, 3, 5, 4});
        for (const Tiling tiling : {Tiling{4 * factor, 3 * factor}, Tiling{5 * factor, 2 * factor}}) {
            std::vector<std::int64_t> counts;
            std::vector<at::Tensor> groups;
            vae.decodeTiled(latents, tiling, [&](const at::Tensor& frames) {
                counts.push_back(frames.size(2));
                groups.push_back(frames);
            });
            CHECK(c, counts == (std::vector<std::int64_t>{1, 4, 4}));
            CHECK_EQUAL(c, distance(at::cat(groups, 2), vae.decodeTiled(latents, tiling)), 0.0);
        }
        // One tile is the whole, although a second one would begin within it.
        const Tiling large{5 * factor, 2 * factor};
        CHECK_EQUAL(
            c, distance(vae.decodeTiled(latents, large), vae.unpatchify(vae.decodeRaw(latents)).clamp(-1.0, 1.0)), 0.0);
        CHECK(c, distance(vae.decodeTiled(latents, {4 * factor, 3 * factor}), vae.decodeTiled(latents, large)) > 1e-4);
        int calls = 0;
        const Checkpoint fourth = [&] {
            if (++calls == 4) {
                throw Cancelled();
            }
        };
        CHECK_THROWS(
            c, (vae.decodeTiled(latents, {4 * factor, 3 * factor}, [](const at::Tensor&) {}, fourth), 0), Cancelled);
    }
}

} // namespace

void tileCases(Checks& checks) {
    checks.run("tiles of the plain type", checkPlainType);
    checks.run("tiles of the residual type", checkResidualType);
    checks.run("tiles come as groups of frames", checkGroups);
}
