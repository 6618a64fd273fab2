#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace generation {

/// What past jobs taught about this machine: how fast it denoises and decodes, and by how much memory estimates missed.
/// Kept as a small JSON file in the cache folder; a file that is damaged is begun anew.
/// Thread: one; several processes may share the file, the last writer wins.
class MachineRecord {
public:
    /// `folder` empty: nothing is read or kept. `device` tells cards and types of numbers apart ("cpu bf16").
    MachineRecord(std::string folder, std::string device);

    /// Seconds for so many floating-point operations of denoising, or pixels decoded by the model; below 0: not known.
    double denoiseSeconds(double operations) const;
    double decodeSeconds(const std::string& model, double pixels) const;
    /// What estimates of peak memory are multiplied by; 1 while nothing is known.
    double memoryFactor(const std::string& model) const;

    void sawDenoising(double operations, double seconds);
    void sawDecoding(const std::string& model, double pixels, double seconds);
    void sawPeak(const std::string& model, double estimatedBytes, double measuredBytes);

    /// Writes what was seen. Failure to write is not worth failing a job.
    void save() const;

private:
    std::string path() const;
    void learn(const std::string& key, double value);
    double known(const std::string& key) const;

    std::string m_folder;
    std::string m_device;
    std::map<std::string, double> m_values;
};

} // namespace generation
