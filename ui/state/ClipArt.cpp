#include "ui/state/ClipArt.h"

// The interface's one translation unit: here its meta-object lives.
