#pragma once

#include "timeline/document/TimelineDocument.h"

#include <QObject>

namespace ui {

class Playhead;
class Selection;
class TimelineView;

/// What the actions edit; all of it outlives them.
struct EditParts {
    timeline::TimelineDocument& document;
    Selection& selection;
    Playhead& playhead;
    TimelineView& timeline;
};

/// Actions of which each is a verb of timeline/edit, on what is selected or where the playhead is.
/// Thread: GUI.
class DocumentActions : public QObject {
    Q_OBJECT

public:
    DocumentActions(const EditParts& parts, QObject* parent);

Q_SIGNALS:
    void errorRaised(const QString& text);

protected:
    const timeline::Timeline& now() const { return *m_parts.document.timeline(); }
    timeline::RationalTime playheadTime() const; ///< the start of the frame under it
    bool apply(const QString& text, timeline::Result<timeline::Timeline> edited);
    /// The selected items that are clips, in order of selection.
    std::vector<timeline::ItemId> selectedClips() const;

    EditParts m_parts;
};

} // namespace ui
