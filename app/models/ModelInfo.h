#pragma once

#include <QString>
#include <QStringList>

#include <nlohmann/json_fwd.hpp>

#include <set>
#include <string>
#include <vector>

namespace app {

/// The inputs of one kind of job, by the names of model_index.json: "first_frame", "edges", "luma", "bridge" and so on
/// (all of them: generation/pipeline/Conditions.h). "reference" counts once for each picture. Text alone, and
/// video-to-video by strength, need no condition: the empty set. A model with the set "any" knows every set.
using Conditions = std::multiset<std::string>;

/// A model as its model_index.json describes it. Weights are not looked at.
/// Thread: a value.
struct ModelInfo {
    QString name;
    QString folder; ///< or file: what a request calls the model
    QString family;
    QString licence;
    int width = 0;
    int height = 0;
    int frames = 0;
    int fps = 0;
    int steps = 0;
    double guidance = 0.0;
    double shift = 0.0;
    QString sampler;
    std::vector<Conditions> conditions;  ///< the sets it was trained with
    std::vector<std::string> files = {}; ///< all that it is made of, as the worker says; empty: all of its folder
    QString problem;                     ///< why it cannot be used, in the user's language; empty: it can

    bool isUsable() const { return problem.isEmpty(); }
    bool knows(const Conditions& wanted) const;
    /// Whether one of its sets contains `condition`.
    bool knowsAny(const std::string& condition) const;
    bool knowsAll() const;

    bool operator==(const ModelInfo&) const = default;
};

/// What the worker says of a model at `place`: the same fields. A file or folder of any layout.
ModelInfo modelInfoFrom(const QString& place, const nlohmann::json& fields);

/// Whether the folder has a model_index.json with a description of ours in it; others are for the worker to describe.
bool describesItself(const QString& folder);

/// Reads `folder`/model_index.json; within limits, so that a hostile folder costs neither time nor memory.
ModelInfo readModelInfo(const QString& folder);

} // namespace app
