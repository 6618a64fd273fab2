<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Fantascope</source>
        <translation>Über Fantascope</translation>
    </message>
    <message>
        <source>A video editor whose timeline is the prompt.

Everything runs on this machine. Apache License 2.0.</source>
        <translation>Ein Videoschnittprogramm, dessen Timeline der Prompt ist.

Alles läuft auf diesem Rechner. Apache-Lizenz 2.0.</translation>
    </message>
    <message>
        <source>Fantascope %1</source>
        <translation>Fantascope %1</translation>
    </message>
</context>
<context>
    <name>AmountText</name>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>etwa %1 s</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>etwa %1 min</translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation>etwa %1 h</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>Show this help.</source>
        <translation>Diese Hilfe zeigen.</translation>
    </message>
    <message>
        <source>Print the result as one JSON document.</source>
        <translation>Das Ergebnis als ein JSON-Dokument ausgeben.</translation>
    </message>
    <message>
        <source>Usage: fantascope %1 [options] %2</source>
        <translation>Aufruf: fantascope %1 [Optionen] %2</translation>
    </message>
    <message>
        <source>Try --help.</source>
        <translation>Versuchen Sie --help.</translation>
    </message>
    <message>
        <source>Exit codes: 0 done, 1 wrong usage, 2 a file, model or combination of inputs that cannot be used, 3 generation failed, 4 the result could not be rendered or written, 5 cancelled (Ctrl-C), 6 written, but media of the project is missing or broken.</source>
        <translation>Rückgabewerte: 0 erledigt, 1 falscher Aufruf, 2 eine Datei, ein Modell oder eine Kombination von Eingaben ist nicht verwendbar, 3 Generieren fehlgeschlagen, 4 das Ergebnis konnte nicht gerendert oder geschrieben werden, 5 abgebrochen (Strg-C), 6 geschrieben, aber Medien des Projekts fehlen oder sind beschädigt.</translation>
    </message>
    <message>
        <source>--%1 is given more than once.</source>
        <translation>--%1 ist mehrfach angegeben.</translation>
    </message>
    <message>
        <source>This command takes no arguments beside its options: &quot;%1&quot;.</source>
        <translation>Dieser Befehl nimmt außer seinen Optionen keine Argumente: „%1“.</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>Fantascope, a video editor whose timeline is the prompt.</source>
        <translation>Fantascope, ein Videoschnittprogramm, dessen Timeline der Prompt ist.</translation>
    </message>
    <message>
        <source>Usage: fantascope [FILE.otio]          opens the editor
       fantascope COMMAND [options]    works without a window</source>
        <translation>Aufruf: fantascope [DATEI.otio]          öffnet den Editor
        fantascope BEFEHL [Optionen]    arbeitet ohne Fenster</translation>
    </message>
    <message>
        <source>Commands (COMMAND --help says more):</source>
        <translation>Befehle (BEFEHL --help sagt mehr):</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>Optionen:</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>Diese Hilfe zeigen.</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>Die Version zeigen.</translation>
    </message>
    <message>
        <source>There is no command &quot;%1&quot;. Try --help.</source>
        <translation>Es gibt keinen Befehl „%1“. Versuchen Sie --help.</translation>
    </message>
    <message>
        <source>The editor opens one project and takes no more arguments: &quot;%1&quot;.</source>
        <translation>Der Editor öffnet ein Projekt und nimmt keine weiteren Argumente: „%1“.</translation>
    </message>
</context>
<context>
    <name>ContinueShot</name>
    <message>
        <source>Select a clip that shows something to go on from.</source>
        <translation>Wählen Sie einen Clip, der etwas zeigt, von dem aus es weitergehen kann.</translation>
    </message>
    <message>
        <source>There is no room after the clip: move what follows away first.</source>
        <translation>Hinter dem Clip ist kein Platz: Schieben Sie zuerst weg, was folgt.</translation>
    </message>
    <message>
        <source>There is no room before the clip: move it away from what comes before it first.</source>
        <translation>Vor dem Clip ist kein Platz: Rücken Sie ihn zuerst von dem ab, was davor liegt.</translation>
    </message>
    <message>
        <source>Select two clips of a track with a gap between them, or put the playhead into the gap.</source>
        <translation>Wählen Sie zwei Clips einer Spur mit einer Lücke dazwischen, oder setzen Sie den Abspielkopf in die Lücke.</translation>
    </message>
    <message>
        <source>Select a clip and mark the part of it that is to be made anew (I and O).</source>
        <translation>Wählen Sie einen Clip und markieren Sie den Teil, der neu entstehen soll (I und O).</translation>
    </message>
</context>
<context>
    <name>DemoCommand</name>
    <message>
        <source>a shot from the prompt &quot;%1&quot;</source>
        <translation>eine Einstellung aus dem Prompt „%1“</translation>
    </message>
    <message>
        <source>a base clip restyled</source>
        <translation>ein umgestalteter Grundclip</translation>
    </message>
    <message>
        <source>Makes the demo film: a shot from a prompt dissolves into a base clip in the look of a style picture.
Writes demo.mp4, contact-sheet.png and demo.otio, which the editor opens.</source>
        <translation>Macht den Demofilm: Eine Einstellung aus einem Prompt blendet in einen Grundclip im Stil eines Stilbilds über.
Schreibt demo.mp4, contact-sheet.png und demo.otio, das der Editor öffnet.</translation>
    </message>
    <message>
        <source>The folder to write to (default: fantascope-demo).</source>
        <translation>Der Ordner, in den geschrieben wird (sonst: fantascope-demo).</translation>
    </message>
    <message>
        <source>Name of a model, or a model folder (default: the starter).</source>
        <translation>Name eines Modells oder ein Modellordner (sonst: der Starter).</translation>
    </message>
    <message>
        <source>There is no model &quot;%1&quot;.</source>
        <translation>Es gibt kein Modell „%1“.</translation>
    </message>
</context>
<context>
    <name>DemoProject</name>
    <message>
        <source>Demo</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>Audio 1</source>
        <translation>Ton 1</translation>
    </message>
    <message>
        <source>Audio 2</source>
        <translation>Ton 2</translation>
    </message>
    <message>
        <source>Video 1</source>
        <translation>Video 1</translation>
    </message>
    <message>
        <source>Video 2</source>
        <translation>Video 2</translation>
    </message>
    <message>
        <source>Video 3</source>
        <translation>Video 3</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Stil</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Lake</source>
        <translation>See</translation>
    </message>
    <message>
        <source>Boat, painted</source>
        <translation>Boot, gemalt</translation>
    </message>
</context>
<context>
    <name>DemoSheet</name>
    <message>
        <source>base  |  style  |  result, at %1 s</source>
        <translation>Grundlage  |  Stil  |  Ergebnis, bei %1 s</translation>
    </message>
    <message>
        <source>from the prompt &quot;%1&quot;</source>
        <translation>aus dem Prompt „%1“</translation>
    </message>
    <message>
        <source>the film</source>
        <translation>der Film</translation>
    </message>
</context>
<context>
    <name>DescribeModels</name>
    <message>
        <source>It is no model that can be used: %1</source>
        <translation>Das ist kein Modell, das verwendet werden kann: %1</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>This cannot be done here.</source>
        <translation>Das geht hier nicht.</translation>
    </message>
    <message>
        <source>This is not a valid time.</source>
        <translation>Das ist keine gültige Zeit.</translation>
    </message>
    <message>
        <source>It is no longer there.</source>
        <translation>Es ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The track is locked.</source>
        <translation>Die Spur ist gesperrt.</translation>
    </message>
    <message>
        <source>This does not belong on a track of this kind.</source>
        <translation>Das gehört nicht auf eine Spur dieser Art.</translation>
    </message>
    <message>
        <source>The result would not be a valid timeline.</source>
        <translation>Das Ergebnis wäre keine gültige Timeline.</translation>
    </message>
    <message>
        <source>The file does not exist.</source>
        <translation>Die Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>This is not a file.</source>
        <translation>Das ist keine Datei.</translation>
    </message>
    <message>
        <source>Permission was denied.</source>
        <translation>Der Zugriff wurde verweigert.</translation>
    </message>
    <message>
        <source>The file could not be read.</source>
        <translation>Die Datei konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>Die Datei konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>The file is not what it should be.</source>
        <translation>Die Datei ist nicht, was sie sein sollte.</translation>
    </message>
    <message>
        <source>The file is of a version that is not supported.</source>
        <translation>Die Datei hat eine Version, die nicht unterstützt wird.</translation>
    </message>
    <message>
        <source>It is too large.</source>
        <translation>Es ist zu groß.</translation>
    </message>
    <message>
        <source>The file&apos;s format is not supported.</source>
        <translation>Das Format der Datei wird nicht unterstützt.</translation>
    </message>
    <message>
        <source>The file&apos;s codec is not supported.</source>
        <translation>Der Codec der Datei wird nicht unterstützt.</translation>
    </message>
    <message>
        <source>The file&apos;s pixel format is not supported.</source>
        <translation>Das Pixelformat der Datei wird nicht unterstützt.</translation>
    </message>
    <message>
        <source>There is no picture in the file.</source>
        <translation>Die Datei enthält kein Bild.</translation>
    </message>
    <message>
        <source>There is no sound in the file.</source>
        <translation>Die Datei enthält keinen Ton.</translation>
    </message>
    <message>
        <source>The file ends too early.</source>
        <translation>Die Datei endet zu früh.</translation>
    </message>
    <message>
        <source>The file is damaged.</source>
        <translation>Die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>The file is encrypted.</source>
        <translation>Die Datei ist verschlüsselt.</translation>
    </message>
    <message>
        <source>Only files on this machine can be used.</source>
        <translation>Es können nur Dateien auf diesem Rechner verwendet werden.</translation>
    </message>
    <message>
        <source>The file could not be decoded.</source>
        <translation>Die Datei konnte nicht dekodiert werden.</translation>
    </message>
    <message>
        <source>The film could not be encoded.</source>
        <translation>Der Film konnte nicht kodiert werden.</translation>
    </message>
    <message>
        <source>The time is past the end of the file.</source>
        <translation>Die Zeit liegt hinter dem Ende der Datei.</translation>
    </message>
    <message>
        <source>There is no Vulkan device.</source>
        <translation>Es gibt kein Vulkan-Gerät.</translation>
    </message>
    <message>
        <source>Vulkan failed.</source>
        <translation>Vulkan ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>Der Speicher reicht nicht aus.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what it is about: what went wrong</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The project uses this file: choose another name for the result.</source>
        <translation>Das Projekt verwendet diese Datei: Wählen Sie einen anderen Namen für das Ergebnis.</translation>
    </message>
    <message>
        <source>The shot was not generated yet: a slate is in its place.</source>
        <translation>Die Einstellung wurde noch nicht generiert: An ihrer Stelle steht eine Tafel.</translation>
    </message>
</context>
<context>
    <name>FindModel</name>
    <message>
        <source>There is no model. &quot;fantascope models&quot; says where models are looked for.</source>
        <translation>Es gibt kein Modell. „fantascope models“ sagt, wo nach Modellen gesucht wird.</translation>
    </message>
    <message>
        <source>There is no model &quot;%1&quot;. &quot;fantascope models&quot; lists those there are.</source>
        <translation>Es gibt kein Modell „%1“. „fantascope models“ zeigt die vorhandenen.</translation>
    </message>
</context>
<context>
    <name>FrameCommand</name>
    <message>
        <source>Writes one frame of a project: .png with 16 bits as the export would code it, or .exr in linear light.</source>
        <translation>Schreibt ein Bild eines Projekts: .png mit 16 Bit, wie der Export es kodieren würde, oder .exr in linearem Licht.</translation>
    </message>
    <message>
        <source>The project.</source>
        <translation>Das Projekt.</translation>
    </message>
    <message>
        <source>Which one: a timecode (00:00:01:12) or a frame number.</source>
        <translation>Welches: ein Timecode (00:00:01:12) oder eine Bildnummer.</translation>
    </message>
    <message>
        <source>The picture to write: .png or .exr.</source>
        <translation>Das zu schreibende Bild: .png oder .exr.</translation>
    </message>
    <message>
        <source>What draws: auto, cpu or vulkan.</source>
        <translation>Was zeichnet: auto, cpu oder vulkan.</translation>
    </message>
    <message>
        <source>One project, --at TIME and -o OUT are needed.</source>
        <translation>Ein Projekt, --at ZEIT und -o ZIEL sind nötig.</translation>
    </message>
    <message>
        <source>There is no compositor &quot;%1&quot;: auto, cpu or vulkan.</source>
        <translation>Es gibt keinen Compositor „%1“: auto, cpu oder vulkan.</translation>
    </message>
    <message>
        <source>A frame is written as .png or .exr.</source>
        <translation>Ein Bild wird als .png oder .exr geschrieben.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no timecode and no frame number.</source>
        <translation>„%1“ ist weder Timecode noch Bildnummer.</translation>
    </message>
    <message>
        <source>Warning: %1</source>
        <translation>Warnung: %1</translation>
    </message>
</context>
<context>
    <name>GenerateCommand</name>
    <message>
        <source>a size such as 224x128</source>
        <translation>eine Größe wie 224x128</translation>
    </message>
    <message>
        <source>The film to write: .mp4 (H.264), .mkv (lossless), .png (numbered) or a folder for PNG files.</source>
        <translation>Der zu schreibende Film: .mp4 (H.264), .mkv (verlustfrei), .png (nummeriert) oder ein Ordner für PNG-Dateien.</translation>
    </message>
    <message>
        <source>What is to be seen.</source>
        <translation>Was zu sehen sein soll.</translation>
    </message>
    <message>
        <source>What is not to be seen.</source>
        <translation>Was nicht zu sehen sein soll.</translation>
    </message>
    <message>
        <source>A still to animate: the first frame.</source>
        <translation>Ein Standbild zum Animieren: das erste Bild.</translation>
    </message>
    <message>
        <source>A picture whose look is taken; can be given several times if the model knows that.</source>
        <translation>Ein Bild, dessen Aussehen übernommen wird; mehrfach möglich, wenn das Modell das kann.</translation>
    </message>
    <message>
        <source>Of changing a base clip without control: 0 keeps it, 1 ignores it.</source>
        <translation>Für das Verändern eines Grundclips ohne Steuerung: 0 behält ihn, 1 beachtet ihn nicht.</translation>
    </message>
    <message>
        <source>Size of the film in pixels (default: the model&apos;s).</source>
        <translation>Größe des Films in Pixeln (sonst: die des Modells).</translation>
    </message>
    <message>
        <source>Length in seconds (default: the model&apos;s, or the base clip&apos;s if that is shorter).</source>
        <translation>Länge in Sekunden (sonst: die des Modells oder die des Grundclips, wenn sie kürzer ist).</translation>
    </message>
    <message>
        <source>Length in frames, in place of --duration.</source>
        <translation>Länge in Bildern, statt --duration.</translation>
    </message>
    <message>
        <source>Frames a second: 24, 23.976 or 24000/1001 (default: the model&apos;s).</source>
        <translation>Bilder pro Sekunde: 24, 23.976 oder 24000/1001 (sonst: die des Modells).</translation>
    </message>
    <message>
        <source>The same seed gives the same film (default: by chance).</source>
        <translation>Gleicher Seed, gleicher Film (sonst: zufällig).</translation>
    </message>
    <message>
        <source>Denoising steps (default: the model&apos;s).</source>
        <translation>Schritte des Entrauschens (sonst: die des Modells).</translation>
    </message>
    <message>
        <source>How strictly the prompt is followed (default: the model&apos;s).</source>
        <translation>Wie streng dem Prompt gefolgt wird (sonst: wie beim Modell).</translation>
    </message>
    <message>
        <source>How many, with seeds one after another; the files get -1, -2 and so on.</source>
        <translation>Wie viele, mit fortlaufenden Seeds; die Dateien bekommen -1, -2 und so weiter.</translation>
    </message>
    <message>
        <source>Where to? -o OUT is missing.</source>
        <translation>Wohin? -o ZIEL fehlt.</translation>
    </message>
    <message>
        <source>a second and a text, such as 1.5=the sun goes down</source>
        <translation>eine Sekunde und einen Text, etwa 1.5=the sun goes down</translation>
    </message>
    <message>
        <source>a frame and a picture, such as 12=lake.png</source>
        <translation>ein Einzelbild und ein Bild, etwa 12=lake.png</translation>
    </message>
    <message>
        <source>a size and a corner in pixels, such as 128x72+48+28</source>
        <translation>eine Größe und eine Ecke in Pixeln, etwa 128x72+48+28</translation>
    </message>
    <message>
        <source>frames from the first to the one after the last, such as 12-24</source>
        <translation>Einzelbilder vom ersten bis zu dem nach dem letzten, etwa 12-24</translation>
    </message>
    <message>
        <source>What is to be seen from that second on; can be given several times.</source>
        <translation>Was von dieser Sekunde an zu sehen sein soll; kann mehrfach angegeben werden.</translation>
    </message>
    <message>
        <source>Frames over which one prompt gives way to the next (default: 4).</source>
        <translation>Einzelbilder, über die ein Prompt in den nächsten übergeht (Vorgabe: 4).</translation>
    </message>
    <message>
        <source>A clip to follow (see --control), to change (see --strength) or to keep in part (see --mask, --place and --retake).</source>
        <translation>Ein Clip, dem gefolgt wird (siehe --control), der verändert wird (siehe --strength) oder zum Teil bleibt (siehe --mask, --place und --retake).</translation>
    </message>
    <message>
        <source>A still to arrive at: the last frame.</source>
        <translation>Ein Standbild, bei dem der Film ankommt: das letzte Einzelbild.</translation>
    </message>
    <message>
        <source>A picture that a frame is to be, counted from 0; can be given several times.</source>
        <translation>Ein Bild, das ein Einzelbild sein soll, von 0 an gezählt; kann mehrfach angegeben werden.</translation>
    </message>
    <message>
        <source>A clip to go on from; the film holds only what is new.</source>
        <translation>Ein Clip, von dem aus es weitergeht; der Film enthält nur das Neue.</translation>
    </message>
    <message>
        <source>A clip to lead to.</source>
        <translation>Ein Clip, zu dem hingeführt wird.</translation>
    </message>
    <message>
        <source>Seconds of --before and --after that the model sees (default: 0.75).</source>
        <translation>Sekunden von --before und --after, die das Modell sieht (Vorgabe: 0.75).</translation>
    </message>
    <message>
        <source>A picture or clip, white where the base clip is made anew.</source>
        <translation>Ein Bild oder Clip, weiß, wo der Basisclip neu entsteht.</translation>
    </message>
    <message>
        <source>Where the base clip lies in a larger film; around it is made.</source>
        <translation>Wo der Basisclip in einem größeren Film liegt; ringsum wird ergänzt.</translation>
    </message>
    <message>
        <source>Frames of the base clip that are made anew; B is the first one after them.</source>
        <translation>Einzelbilder des Basisclips, die neu entstehen; B ist das erste danach.</translation>
    </message>
    <message>
        <source>What of the base clip is followed: none, edges, luma, blur; depth or guide where it is a clip of depth or of any other guidance already (default: luma; none when --strength is given).</source>
        <translation>Welchem Teil des Basisclips gefolgt wird: none, edges, luma, blur; depth oder guide, wenn er schon ein Tiefen- oder anderer Leitclip ist (Vorgabe: luma; none, wenn --strength angegeben ist).</translation>
    </message>
    <message>
        <source>Who keeps given pictures: model (refused where it has not learnt it), blend (put back after every step) or auto (default).</source>
        <translation>Wer gegebene Bilder bewahrt: model (abgelehnt, wo es das nicht gelernt hat), blend (nach jedem Schritt wieder eingesetzt) oder auto (Vorgabe).</translation>
    </message>
    <message>
        <source>Name of a model, a model folder, or the file of a transformer.</source>
        <translation>Name eines Modells, ein Modellordner oder die Datei eines Transformers.</translation>
    </message>
    <message>
        <source>A LoRA and its strength, which may change over the run: look.safetensors=1@0,0.2@1; can be given several times.</source>
        <translation>Ein LoRA und seine Stärke, die sich im Lauf ändern darf: look.safetensors=1@0,0.2@1; kann mehrfach angegeben werden.</translation>
    </message>
    <message>
        <source>euler, unipc, unipc-official or distilled (default: the model&apos;s).</source>
        <translation>euler, unipc, unipc-official oder distilled (Vorgabe: die des Modells).</translation>
    </message>
    <message>
        <source>Sampling values as published: size (shift by picture size), or for few-step models fastwan, fastwan-5b, causvid, lightx2v, self-forcing, lightning.</source>
        <translation>Veröffentlichte Sampling-Werte: size (Shift nach Bildgröße) oder für Modelle mit wenigen Schritten fastwan, fastwan-5b, causvid, lightx2v, self-forcing, lightning.</translation>
    </message>
    <message>
        <source>Shift of the noise schedule (default: the model&apos;s).</source>
        <translation>Verschiebung des Rauschplans (Vorgabe: die des Modells).</translation>
    </message>
    <message>
        <source>Part of the run from which guidance counts, 0 to 1.</source>
        <translation>Teil des Laufs, ab dem die Führung zählt, 0 bis 1.</translation>
    </message>
    <message>
        <source>And to which it counts, 0 to 1.</source>
        <translation>Und bis zu dem sie zählt, 0 bis 1.</translation>
    </message>
    <message>
        <source>With --zero-star, share of the first steps that is left out, 0 to 1.</source>
        <translation>Mit --zero-star der Anteil der ersten Schritte, der ausgelassen wird, 0 bis 1.</translation>
    </message>
    <message>
        <source>What is taken over from step to step: none, auto, easy or first-block (default: none).</source>
        <translation>Was von Schritt zu Schritt übernommen wird: none, auto, easy oder first-block (Vorgabe: none).</translation>
    </message>
    <message>
        <source>Frames of the pieces that a long shot is made in; 0: all at once (default: the model&apos;s).</source>
        <translation>Einzelbilder der Stücke, in denen eine lange Einstellung entsteht; 0: alle auf einmal (Vorgabe: die des Modells).</translation>
    </message>
    <message>
        <source>Frames that two pieces share (default: 16).</source>
        <translation>Einzelbilder, die zwei Stücke gemeinsam haben (Vorgabe: 16).</translation>
    </message>
    <message>
        <source>Keep the state after every step in this folder, to branch from.</source>
        <translation>Den Zustand nach jedem Schritt in diesem Ordner behalten, um davon abzuzweigen.</translation>
    </message>
    <message>
        <source>Go on from a kept state, with this prompt.</source>
        <translation>Von einem behaltenen Zustand aus mit diesem Prompt weitermachen.</translation>
    </message>
    <message>
        <source>Generates a shot from a prompt, and from clips, stills and style pictures if given.
The result has exactly the size, length and rate that are asked for. What a model knows: fantascope models. What it would take: --plan.</source>
        <translation>Generiert eine Einstellung aus einem Prompt und, wenn angegeben, aus Clips, Standbildern und Stilbildern.
Das Ergebnis hat genau die verlangte Größe, Länge und Bildrate. Was ein Modell kann: fantascope models. Was es bräuchte: --plan.</translation>
    </message>
    <message>
        <source>Make nothing: say what memory and time it would take.</source>
        <translation>Nichts erzeugen: sagen, wie viel Speicher und Zeit es bräuchte.</translation>
    </message>
    <message>
        <source>Guidance by CFG-Zero*.</source>
        <translation>Führung nach CFG-Zero*.</translation>
    </message>
    <message>
        <source>Also when it is predicted not to fit into the memory.</source>
        <translation>Auch, wenn es voraussichtlich nicht in den Speicher passt.</translation>
    </message>
</context>
<context>
    <name>JobFailure</name>
    <message>
        <source>A file that the worker was reading became shorter, or its disk went away: was a model file changed in the middle of the job? The project and all takes are as they were.</source>
        <translation>Eine Datei, die der Worker las, wurde kürzer, oder ihr Datenträger ist weg: Wurde eine Modelldatei mitten im Auftrag geändert? Projekt und Takes sind unverändert.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>The model folder was not found. Choose another model for the shot.</source>
        <translation>Der Modellordner wurde nicht gefunden. Wählen Sie ein anderes Modell für die Einstellung.</translation>
    </message>
    <message>
        <source>The model&apos;s files are damaged or not of a kind this version knows. Choose another model, or fetch this one again.</source>
        <translation>Die Dateien des Modells sind beschädigt oder von einer Art, die diese Version nicht kennt. Wählen Sie ein anderes Modell oder holen Sie dieses noch einmal.</translation>
    </message>
    <message>
        <source>The model was not trained for this combination of inputs. Take an input away, or choose another model.</source>
        <translation>Das Modell wurde nicht für diese Kombination von Eingaben trainiert. Nehmen Sie eine Eingabe weg oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>An input of the shot could not be used.</source>
        <translation>Eine Eingabe der Einstellung konnte nicht verwendet werden.</translation>
    </message>
    <message>
        <source>The worker did not understand the request. Check the shot&apos;s settings.</source>
        <translation>Der Worker hat die Anfrage nicht verstanden. Prüfen Sie die Vorgaben der Einstellung.</translation>
    </message>
    <message>
        <source>The machine has too little memory for this shot. Make it shorter, or the model&apos;s frame smaller.</source>
        <translation>Der Rechner hat zu wenig Speicher für diese Einstellung. Machen Sie sie kürzer oder das Bild des Modells kleiner.</translation>
    </message>
    <message>
        <source>The calculation went astray (numbers that are none). Try another seed, less guidance or another sampler.</source>
        <translation>Die Rechnung ist entgleist (Zahlen, die keine sind). Versuchen Sie einen anderen Seed, weniger Führung oder einen anderen Sampler.</translation>
    </message>
    <message>
        <source>The worker could not write its result. Is the disk of the cache folder full?</source>
        <translation>Der Worker konnte sein Ergebnis nicht schreiben. Ist der Datenträger des Zwischenspeichers voll?</translation>
    </message>
    <message>
        <source>The worker reported an error.</source>
        <translation>Der Worker hat einen Fehler gemeldet.</translation>
    </message>
    <message>
        <source>The worker did not say who it is, and was ended.</source>
        <translation>Der Worker hat sich nicht gemeldet und wurde beendet.</translation>
    </message>
    <message>
        <source>The worker is of another version of Fantascope. Install both from one version.</source>
        <translation>Der Worker gehört zu einer anderen Version von Fantascope. Installieren Sie beide in einer Version.</translation>
    </message>
    <message>
        <source>The worker wrote what is not its protocol, and was ended.</source>
        <translation>Der Worker hat sich nicht an sein Protokoll gehalten und wurde beendet.</translation>
    </message>
    <message>
        <source>The worker program could not be started. Is fantascope-worker installed beside fantascope?</source>
        <translation>Das Worker-Programm konnte nicht gestartet werden. Ist fantascope-worker neben fantascope installiert?</translation>
    </message>
    <message>
        <source>The worker was ended by signal %1 in the middle of the job. The project and all takes are as they were; the next job starts a new worker.</source>
        <translation>Der Worker wurde mitten im Auftrag durch Signal %1 beendet. Projekt und Takes sind unverändert; der nächste Auftrag startet einen neuen Worker.</translation>
    </message>
    <message>
        <source>The worker ended with code %1 in the middle of the job. The project and all takes are as they were; the next job starts a new worker.</source>
        <translation>Der Worker hat sich mitten im Auftrag mit Code %1 beendet. Projekt und Takes sind unverändert; der nächste Auftrag startet einen neuen Worker.</translation>
    </message>
    <message>
        <source>The shot is predicted to need more memory than is free. Close other programs, make it shorter or smaller, or try it anyway.</source>
        <translation>Die Einstellung braucht voraussichtlich mehr Speicher, als frei ist. Schließen Sie andere Programme, machen Sie sie kürzer oder kleiner, oder versuchen Sie es trotzdem.</translation>
    </message>
</context>
<context>
    <name>JobNotice</name>
    <message>
        <source>The prompt has %1 tokens, and this model reads %2: the end of the prompt had no effect.</source>
        <translation>Der Prompt hat %1 Token, dieses Modell liest %2: Das Ende des Prompts blieb ohne Wirkung.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 was taken for the first, noisy part of the run: its name says so.</source>
        <translation>%1 wurde für den ersten, verrauschten Teil des Laufs genommen: Der Name sagt es so.</translation>
    </message>
    <message>
        <source>%1 was taken for the last part of the run: its name says so.</source>
        <translation>%1 wurde für den letzten Teil des Laufs genommen: Der Name sagt es so.</translation>
    </message>
    <message>
        <source>The LoRA %1 is made for another model and changes nothing.</source>
        <translation>Die LoRA %1 ist für ein anderes Modell gemacht und ändert nichts.</translation>
    </message>
    <message>
        <source>Some of the LoRA %1 is made for another model: %2 parts have no effect.</source>
        <translation>Die LoRA %1 ist zum Teil für ein anderes Modell gemacht: %2 Teile wirken nicht.</translation>
    </message>
    <message>
        <source>The job went on after step %1, which was kept.</source>
        <translation>Der Auftrag ging nach Schritt %1 weiter, der behalten wurde.</translation>
    </message>
    <message>
        <source>Memory ran out: the job goes on in a way that needs less, and takes longer (%1).</source>
        <translation>Der Speicher ging aus: Der Auftrag läuft auf eine Weise weiter, die weniger braucht und länger dauert (%1).</translation>
    </message>
    <message>
        <source>Numbers overflowed: the job is done once more with greater precision (%1).</source>
        <translation>Zahlen liefen über: Der Auftrag wird mit höherer Genauigkeit wiederholt (%1).</translation>
    </message>
    <message>
        <source>The worker noted: %1 (%2)</source>
        <translation>Der Arbeitsprozess meldet: %1 (%2)</translation>
    </message>
</context>
<context>
    <name>LookFailure</name>
    <message>
        <source>The training is predicted to need %1, more than is free. Close other programs, take a smaller model, or --try-anyway.</source>
        <translation>Das Training braucht voraussichtlich %1, mehr als frei ist. Andere Programme schließen, ein kleineres Modell nehmen oder --try-anyway.</translation>
    </message>
    <message>
        <source>%1 holds what a training with other clips, captions or settings had learnt when it was interrupted. The command it was begun with goes on there. To begin anew, remove that folder or choose another file with -o.</source>
        <translation>%1 enthält, was ein Training mit anderen Clips, Beschreibungen oder Einstellungen gelernt hatte, als es abgebrochen wurde. Der Befehl, mit dem es begonnen wurde, setzt es fort. Für einen neuen Anfang diesen Ordner löschen oder mit -o eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>Looks cannot be trained for models that are always told a picture (image to video): %1.</source>
        <translation>Für Modelle, denen immer ein Bild gegeben wird (Bild zu Video), können keine Looks trainiert werden: %1.</translation>
    </message>
    <message>
        <source>The model&apos;s files are damaged or not of a kind this version knows: %1.</source>
        <translation>Die Dateien des Modells sind beschädigt oder von einer Art, die diese Version nicht kennt: %1.</translation>
    </message>
    <message>
        <source>The worker cannot learn from a clip, or from these settings: %1.</source>
        <translation>Der Worker kann von einem Clip oder mit diesen Einstellungen nicht lernen: %1.</translation>
    </message>
    <message>
        <source>The look, or what was learnt so far, could not be written: %1.</source>
        <translation>Der Look, oder was bisher gelernt wurde, konnte nicht geschrieben werden: %1.</translation>
    </message>
    <message>
        <source>Memory ran out. Close other programs, take a lower --rank or a smaller model (%1).</source>
        <translation>Der Speicher reichte nicht. Andere Programme schließen, einen kleineren --rank oder ein kleineres Modell nehmen (%1).</translation>
    </message>
    <message>
        <source>The training failed: %1.</source>
        <translation>Das Training ist gescheitert: %1.</translation>
    </message>
    <message>
        <source>The worker was ended by signal %1.</source>
        <translation>Der Worker wurde durch Signal %1 beendet.</translation>
    </message>
    <message>
        <source>The worker ended with code %1.</source>
        <translation>Der Worker endete mit Code %1.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>MakeSketch</name>
    <message>
        <source>Generating</source>
        <translation>Wird generiert</translation>
    </message>
    <message>
        <source>Generating take %1</source>
        <translation>Take %1 wird generiert</translation>
    </message>
    <message>
        <source>The result is written as .mp4, .mkv or .png files, or into a folder: %1 is none of them.</source>
        <translation>Das Ergebnis wird als .mp4-, .mkv- oder .png-Dateien oder in einen Ordner geschrieben: %1 ist nichts davon.</translation>
    </message>
    <message>
        <source>The folder %1 does not exist.</source>
        <translation>Den Ordner %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>The name of numbered pictures holds one number: %1 has several.</source>
        <translation>Der Name nummerierter Bilder enthält eine Nummer: %1 hat mehrere.</translation>
    </message>
    <message>
        <source>Nothing can be written to %1.</source>
        <translation>In %1 kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>%1 is what the shot is made of: choose another name for the result.</source>
        <translation>Aus %1 wird die Einstellung gemacht: Wählen Sie einen anderen Namen für das Ergebnis.</translation>
    </message>
    <message>
        <source>The states could not be written to %1.</source>
        <translation>Die Zustände konnten nicht nach %1 geschrieben werden.</translation>
    </message>
</context>
<context>
    <name>ModelInfo</name>
    <message>
        <source>%1 is not a model folder: it has no model_index.json.</source>
        <translation>%1 ist kein Modellordner: Es fehlt model_index.json.</translation>
    </message>
    <message>
        <source>%1 cannot be read, or is larger than a model&apos;s description can be.</source>
        <translation>%1 kann nicht gelesen werden oder ist größer, als eine Modellbeschreibung sein kann.</translation>
    </message>
    <message>
        <source>%1 does not say for which sizes and inputs the model was trained (&quot;fantascope&quot;).</source>
        <translation>%1 sagt nicht, für welche Größen und Eingaben das Modell trainiert wurde („fantascope“).</translation>
    </message>
    <message>
        <source>%1 is damaged or not a model&apos;s description (%2).</source>
        <translation>%1 ist beschädigt oder keine Modellbeschreibung (%2).</translation>
    </message>
</context>
<context>
    <name>ModelsCommand</name>
    <message>
        <source>%1: cannot be used. %2</source>
        <translation>%1: nicht verwendbar. %2</translation>
    </message>
    <message>
        <source>%1: %2, %3x%4, %5 frames at %6 a second, %7 steps, licence %8</source>
        <translation>%1: %2, %3x%4, %5 Bilder mit %6 pro Sekunde, %7 Schritte, Lizenz %8</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>  inputs: %1</source>
        <translation>  Eingaben: %1</translation>
    </message>
    <message>
        <source>  folder: %1</source>
        <translation>  Ordner: %1</translation>
    </message>
    <message>
        <source>There is no model in %1.</source>
        <translation>In %1 ist kein Modell.</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>Lists the models that generate, and the LoRAs beside them.
A models folder holds model folders (in the published layout, or with loose files of a transformer, a text encoder and a VAE), other tools&apos; folders such as diffusion_models, vae and text_encoders, and a folder loras.</source>
        <translation>Listet die Modelle auf, die generieren, und die LoRAs daneben.
Ein Modellordner enthält Ordner von Modellen (in der veröffentlichten Anordnung oder mit losen Dateien von Transformer, Textencoder und VAE), Ordner anderer Werkzeuge wie diffusion_models, vae und text_encoders, und einen Ordner loras.</translation>
    </message>
    <message>
        <source>Only what is in this folder.</source>
        <translation>Nur was in diesem Ordner ist.</translation>
    </message>
    <message>
        <source>The folder %1 does not exist.</source>
        <translation>Den Ordner %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>LoRA %1</source>
        <translation>LoRA %1</translation>
    </message>
    <message>
        <source>  file: %1</source>
        <translation>  Datei: %1</translation>
    </message>
</context>
<context>
    <name>OptionReader</name>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>eine ganze Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>eine Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>frames a second, such as 24, 23.976 or 24000/1001</source>
        <translation>Bilder pro Sekunde, etwa 24, 23.976 oder 24000/1001</translation>
    </message>
    <message>
        <source>--%1 takes %2, not &quot;%3&quot;.</source>
        <translation>--%1 nimmt %2, nicht „%3“.</translation>
    </message>
</context>
<context>
    <name>Painters</name>
    <message>
        <source>%1 · %2 dB</source>
        <comment>name, gain</comment>
        <translation>%1 · %2 dB</translation>
    </message>
    <message>
        <source>Shot</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Empty prompt</source>
        <translation>Leerer Prompt</translation>
    </message>
    <message>
        <source>%1 · waiting</source>
        <comment>shot&apos;s name</comment>
        <translation>%1 · wartet</translation>
    </message>
    <message>
        <source>%1 · running</source>
        <comment>shot&apos;s name</comment>
        <translation>%1 · läuft</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <comment>shot&apos;s name, progress</comment>
        <translation>%1 · %2 %</translation>
    </message>
    <message>
        <source>%1 · failed</source>
        <comment>shot&apos;s name</comment>
        <translation>%1 · fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 · stale</source>
        <comment>shot&apos;s name</comment>
        <translation>%1 · veraltet</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <comment>name, strength</comment>
        <translation>%1 · %2 %</translation>
    </message>
</context>
<context>
    <name>PlanShot</name>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Result: %1x%2, %3 frames</source>
        <translation>Ergebnis: %1x%2, %3 Einzelbilder</translation>
    </message>
    <message>
        <source>Made in %1 pieces that overlap</source>
        <translation>Entsteht in %1 Stücken, die sich überlappen</translation>
    </message>
    <message>
        <source>Memory: %1 of %2 that are free</source>
        <translation>Speicher: %1 von %2, die frei sind</translation>
    </message>
    <message>
        <source>Memory of the card: %1 of %2 that are free</source>
        <translation>Speicher der Karte: %1 von %2, die frei sind</translation>
    </message>
    <message>
        <source>Time: not known on this machine yet</source>
        <translation>Zeit: auf dieser Maschine noch nicht bekannt</translation>
    </message>
    <message>
        <source>Time: %1</source>
        <translation>Zeit: %1</translation>
    </message>
    <message>
        <source>It fits.</source>
        <translation>Es passt.</translation>
    </message>
    <message>
        <source>It does not fit: it needs %1. --try-anyway tries it all the same.</source>
        <translation>Es passt nicht: Es braucht %1. --try-anyway versucht es trotzdem.</translation>
    </message>
</context>
<context>
    <name>ProbeCommand</name>
    <message>
        <source>%1: %2, %3, %4 s</source>
        <translation>%1: %2, %3, %4 s</translation>
    </message>
    <message>
        <source>  picture: %1, %2x%3, %4 frames a second, %5 frames, %6</source>
        <translation>  Bild: %1, %2x%3, %4 Bilder pro Sekunde, %5 Bilder, %6</translation>
    </message>
    <message>
        <source>, variable rate</source>
        <translation>, variable Bildrate</translation>
    </message>
    <message>
        <source>, colour guessed</source>
        <translation>, Farbe geschätzt</translation>
    </message>
    <message>
        <source>, turned by %1 degrees</source>
        <translation>, um %1 Grad gedreht</translation>
    </message>
    <message>
        <source>  sound: %1, %2 Hz, %3</source>
        <translation>  Ton: %1, %2 Hz, %3</translation>
    </message>
    <message>
        <source>  damaged: shorter than it says, or with errors in it</source>
        <translation>  beschädigt: kürzer als angegeben oder mit Fehlern</translation>
    </message>
    <message>
        <source>  the file&apos;s name says another format than its content</source>
        <translation>  der Name der Datei nennt ein anderes Format als ihr Inhalt</translation>
    </message>
    <message>
        <source>Says what is in media files.</source>
        <translation>Sagt, was in Mediendateien steckt.</translation>
    </message>
    <message>
        <source>Film, still, sound, or image sequence (frame.%04d.exr).</source>
        <translation>Film, Standbild, Ton oder Bildfolge (frame.%04d.exr).</translation>
    </message>
    <message>
        <source>Which file?</source>
        <translation>Welche Datei?</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>, %1 %</source>
        <translation>, %1 %</translation>
    </message>
    <message>
        <source>, %1</source>
        <translation>, %1</translation>
    </message>
</context>
<context>
    <name>ProjectFile</name>
    <message>
        <source>The film ends before that: it is %1 long, %2 frames.</source>
        <translation>Der Film endet vorher: Er ist %1 lang, %2 Bilder.</translation>
    </message>
</context>
<context>
    <name>ProjectFileDialogs</name>
    <message>
        <source>Projects (*.otio)</source>
        <translation>Projekte (*.otio)</translation>
    </message>
    <message>
        <source>Open Project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Save Project As</source>
        <translation>Projekt speichern unter</translation>
    </message>
</context>
<context>
    <name>ReadSettings</name>
    <message>
        <source>one of %1</source>
        <translation>eines von %1</translation>
    </message>
    <message>
        <source>a file with a strength from -100 to 100, such as look.safetensors=0.8 or, over the run, look.safetensors=1@0,0.2@1</source>
        <translation>eine Datei mit einer Stärke von -100 bis 100, etwa look.safetensors=0.8 oder, über den Lauf, look.safetensors=1@0,0.2@1</translation>
    </message>
    <message>
        <source>a part of the run that is not before guidance-from</source>
        <translation>einen Teil des Laufs, der nicht vor guidance-from liegt</translation>
    </message>
</context>
<context>
    <name>RenderCommand</name>
    <message>
        <source>Exports a project as a film.</source>
        <translation>Exportiert ein Projekt als Film.</translation>
    </message>
    <message>
        <source>The project.</source>
        <translation>Das Projekt.</translation>
    </message>
    <message>
        <source>The film to write.</source>
        <translation>Der zu schreibende Film.</translation>
    </message>
    <message>
        <source>Only from A up to B (not included): timecodes or frames.</source>
        <translation>Nur von A bis vor B: Timecodes oder Bildnummern.</translation>
    </message>
    <message>
        <source>What draws: auto, cpu or vulkan.</source>
        <translation>Was zeichnet: auto, cpu oder vulkan.</translation>
    </message>
    <message>
        <source>How to write it: %1. By default h264, and lossless for .mkv.</source>
        <translation>Wie er geschrieben wird: %1. Sonst h264, und lossless für .mkv.</translation>
    </message>
    <message>
        <source>One project and -o OUT are needed.</source>
        <translation>Ein Projekt und -o ZIEL sind nötig.</translation>
    </message>
    <message>
        <source>There is no compositor &quot;%1&quot;: auto, cpu or vulkan.</source>
        <translation>Es gibt keinen Compositor „%1“: auto, cpu oder vulkan.</translation>
    </message>
    <message>
        <source>There is no preset &quot;%1&quot;: %2.</source>
        <translation>Es gibt keine Vorgabe „%1“: %2.</translation>
    </message>
    <message>
        <source>The preset %1 writes .%2 files.</source>
        <translation>Die Vorgabe %1 schreibt .%2-Dateien.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no range of timecodes or frames.</source>
        <translation>„%1“ ist kein Bereich von Timecodes oder Bildnummern.</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>%1 of %2, %3</source>
        <translation>%1 von %2, %3</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Exporting %1</source>
        <translation>%1 wird exportiert</translation>
    </message>
    <message>
        <source>Warning: %1</source>
        <translation>Warnung: %1</translation>
    </message>
    <message>
        <source>Writing frames</source>
        <translation>Bilder werden geschrieben</translation>
    </message>
</context>
<context>
    <name>ShotPlan</name>
    <message>
        <source>a still as first frame</source>
        <translation>ein Standbild als erstes Bild</translation>
    </message>
    <message>
        <source>the edges of a base clip</source>
        <translation>die Kanten eines Grundclips</translation>
    </message>
    <message>
        <source>the brightness of a base clip</source>
        <translation>die Helligkeit eines Grundclips</translation>
    </message>
    <message>
        <source>a style picture</source>
        <translation>ein Stilbild</translation>
    </message>
    <message>
        <source> with </source>
        <translation> mit </translation>
    </message>
    <message>
        <source>text alone</source>
        <translation>Text allein</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>The model %1 was not trained for %2. It knows: %3.</source>
        <translation>Das Modell %1 wurde nicht für %2 trainiert. Es kennt: %3.</translation>
    </message>
    <message>
        <source>a still as last frame</source>
        <translation>ein Standbild als letztes Einzelbild</translation>
    </message>
    <message>
        <source>pictures in the middle</source>
        <translation>Bilder in der Mitte</translation>
    </message>
    <message>
        <source>film before it to go on from</source>
        <translation>Film davor, von dem aus es weitergeht</translation>
    </message>
    <message>
        <source>film after it to lead to</source>
        <translation>Film danach, zu dem hingeführt wird</translation>
    </message>
    <message>
        <source>film before and after it</source>
        <translation>Film davor und danach</translation>
    </message>
    <message>
        <source>a base clip out of focus</source>
        <translation>einen unscharfen Basisclip</translation>
    </message>
    <message>
        <source>a depth clip</source>
        <translation>einen Tiefenclip</translation>
    </message>
    <message>
        <source>a guide clip</source>
        <translation>einen Leitclip</translation>
    </message>
    <message>
        <source>a mask</source>
        <translation>eine Maske</translation>
    </message>
    <message>
        <source>a picture to go on around</source>
        <translation>ein Bild, das ringsum weitergeht</translation>
    </message>
    <message>
        <source>a part of a clip made anew</source>
        <translation>einen neu gemachten Teil eines Clips</translation>
    </message>
    <message>
        <source>every combination</source>
        <translation>jede Kombination</translation>
    </message>
    <message>
        <source>All of the shot is there already: nothing is left to be made.</source>
        <translation>Die ganze Einstellung ist schon da: Es bleibt nichts zu machen.</translation>
    </message>
    <message>
        <source>The model %1 was not trained to go on from given pictures. They are blended in at every step, and the join may show.</source>
        <translation>Das Modell %1 wurde nicht darauf trainiert, von gegebenen Bildern aus weiterzugehen. Sie werden bei jedem Schritt eingeblendet, und der Übergang kann sichtbar sein.</translation>
    </message>
    <message>
        <source>Under a mask what lies below is kept where the mask is black: it cannot be a depth or guide clip as well. Choose another under Follow, or take the mask away.</source>
        <translation>Unter einer Maske bleibt, was darunter liegt, wo die Maske schwarz ist: Es kann nicht zugleich Tiefen- oder Leitclip sein. Wählen Sie unter „Folgen“ etwas anderes, oder nehmen Sie die Maske weg.</translation>
    </message>
    <message>
        <source>The mask over the shot does not count: nothing lies below that could be kept.</source>
        <translation>Die Maske über dem Shot zählt nicht: Darunter liegt nichts, was bleiben könnte.</translation>
    </message>
    <message>
        <source>The model %1 was not trained to keep parts of a picture. They are blended in at every step, and the edge may show.</source>
        <translation>Das Modell %1 hat nicht gelernt, Teile eines Bildes zu behalten. Sie werden bei jedem Schritt eingeblendet, und der Rand kann zu sehen sein.</translation>
    </message>
</context>
<context>
    <name>ShotTarget</name>
    <message>
        <source>Video %1</source>
        <translation>Video %1</translation>
    </message>
    <message>
        <source>Shot %1</source>
        <translation>Einstellung %1</translation>
    </message>
</context>
<context>
    <name>Sketch</name>
    <message>
        <source>frame %1 is taken, or outside the shot</source>
        <translation>Einzelbild %1 ist vergeben oder außerhalb der Einstellung</translation>
    </message>
</context>
<context>
    <name>SketchProblem</name>
    <message>
        <source>%1 says how a base clip is used: it needs %2.</source>
        <translation>%1 sagt, wie ein Basisclip verwendet wird: Dazu gehört %2.</translation>
    </message>
    <message>
        <source>%1 and %2 exclude each other: what lies below a shot is a clip or a still.</source>
        <translation>%1 und %2 schließen einander aus: Unter einer Einstellung liegt ein Clip oder ein Standbild.</translation>
    </message>
    <message>
        <source>%1 and %2 say what single frames are: with %3 all of them are something already.</source>
        <translation>%1 und %2 sagen, was einzelne Bilder sind: Mit %3 sind alle schon etwas.</translation>
    </message>
    <message>
        <source>%1 and %2 are clips that the shot lies between: with %3 it is laid over one.</source>
        <translation>%1 und %2 sind Clips, zwischen denen die Einstellung liegt: Mit %3 liegt sie über einem.</translation>
    </message>
    <message>
        <source>%1 has no effect where something of the base clip is followed: set %2 to none, or leave it out.</source>
        <translation>%1 wirkt nicht, wenn etwas vom Basisclip befolgt wird: Setzen Sie %2 auf none oder lassen Sie es weg.</translation>
    </message>
    <message>
        <source>%1 and %2 exclude each other.</source>
        <translation>%1 und %2 schließen einander aus.</translation>
    </message>
    <message>
        <source>%1 says how much of %2 and %3 is seen: it needs one of them.</source>
        <translation>%1 sagt, wie viel von %2 und %3 gesehen wird: Es braucht eines davon.</translation>
    </message>
    <message>
        <source>%1 belongs to %2.</source>
        <translation>%1 gehört zu %2.</translation>
    </message>
    <message>
        <source>Nothing to generate from: give %1, %2, %3 or %4.</source>
        <translation>Nichts zum Generieren: Geben Sie %1, %2, %3 oder %4 an.</translation>
    </message>
    <message>
        <source>The base clip&apos;s place, %1x%2 pixels from %3, %4 on, sticks out of the film, which has %5x%6.</source>
        <translation>Der Platz des Basisclips, %1x%2 Pixel ab %3, %4, ragt aus dem Film heraus, der %5x%6 hat.</translation>
    </message>
    <message>
        <source>Frames %1-%2 cannot be made anew: the shot has %3.</source>
        <translation>Die Bilder %1-%2 können nicht neu entstehen: Die Einstellung hat %3.</translation>
    </message>
    <message>
        <source>The prompt at %1 s would never be seen: the shot is over after %2 s.</source>
        <translation>Der Prompt bei %1 s wäre nie zu sehen: Die Einstellung ist nach %2 s vorbei.</translation>
    </message>
    <message>
        <source>%1 keeps a part of the base clip: with %2 it is nothing but a guide. Leave one of them out.</source>
        <translation>%1 behält einen Teil des Basisclips: Mit %2 ist er nur eine Führung. Lassen Sie eines von beiden weg.</translation>
    </message>
</context>
<context>
    <name>SpokenItem</name>
    <message>
        <source>no take yet</source>
        <translation>noch kein Take</translation>
    </message>
    <message>
        <source>none of %1 takes</source>
        <translation>keiner von %1 Takes</translation>
    </message>
    <message>
        <source>take %1 of %2</source>
        <translation>Take %1 von %2</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>running, %1 %</source>
        <translation>läuft, %1 %</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>Transition</source>
        <translation>Übergang</translation>
    </message>
    <message>
        <source>Clip without a name</source>
        <translation>Clip ohne Namen</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>Lücke</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>ausgeschaltet</translation>
    </message>
    <message>
        <source>On track %1, from %2 to %3</source>
        <translation>Auf Spur %1, von %2 bis %3</translation>
    </message>
</context>
<context>
    <name>TaskCommand</name>
    <message>
        <source>The task document.</source>
        <translation>Das Auftragsdokument.</translation>
    </message>
    <message>
        <source>The film to write: .mp4, .mkv, .png (numbered) or a folder for PNG files.</source>
        <translation>Der zu schreibende Film: .mp4, .mkv, .png (nummeriert) oder ein Ordner für PNG-Dateien.</translation>
    </message>
    <message>
        <source>One task document and -o OUT are needed.</source>
        <translation>Ein Auftragsdokument und -o ZIEL sind nötig.</translation>
    </message>
    <message>
        <source>%1 cannot be read, or is larger than a task can be.</source>
        <translation>%1 kann nicht gelesen werden oder ist größer, als ein Auftrag sein kann.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Warning: the task&apos;s field &quot;%1&quot; is not known and was ignored.</source>
        <translation>Warnung: Das Feld „%1“ der Aufgabe ist unbekannt und wurde übergangen.</translation>
    </message>
    <message>
        <source>Runs a task document (JSON).
Its fields: task_type text-to-video, image-to-video, video-to-video, extend-video, bridge-videos, retake-video, inpaint-video or outpaint-video; input with prompt, negative_prompt, prompts (at_seconds, prompt), image_url, last_image_url, known_images (frame, image_url), video_url, before_video_url, after_video_url, mask_url, place, retake and style_image_url; model_id; settings with the options of generate (seed, steps, control, lora and so on, _ in place of -); output_settings with duration_seconds, resolution, fps and takes.
Urls are paths (relative to the document) or file: URLs.</source>
        <translation>Führt ein Auftragsdokument (JSON) aus.
Seine Felder: task_type text-to-video, image-to-video, video-to-video, extend-video, bridge-videos, retake-video, inpaint-video oder outpaint-video; input mit prompt, negative_prompt, prompts (at_seconds, prompt), image_url, last_image_url, known_images (frame, image_url), video_url, before_video_url, after_video_url, mask_url, place, retake und style_image_url; model_id; settings mit den Optionen von generate (seed, steps, control, lora und so weiter, _ anstelle von -); output_settings mit duration_seconds, resolution, fps und takes.
Urls sind Pfade (vom Dokument aus) oder file:-URLs.</translation>
    </message>
    <message>
        <source>Make nothing: say what memory and time it would take.</source>
        <translation>Nichts erzeugen: sagen, wie viel Speicher und Zeit es bräuchte.</translation>
    </message>
</context>
<context>
    <name>TaskDocument</name>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>has to be a text</source>
        <translation>muss ein Text sein</translation>
    </message>
    <message>
        <source>has to be a number from %1 to %2</source>
        <translation>muss eine Zahl von %1 bis %2 sein</translation>
    </message>
    <message>
        <source>has to be an object</source>
        <translation>muss ein Objekt sein</translation>
    </message>
    <message>
        <source>The task&apos;s field &quot;%1&quot; %2.</source>
        <translation>Das Feld „%1“ des Auftrags %2.</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>ist leer</translation>
    </message>
    <message>
        <source>names &quot;%1&quot;: only files of this machine can be used, nothing is fetched from a network</source>
        <translation>nennt „%1“: Es können nur Dateien dieses Rechners verwendet werden, aus einem Netz wird nichts geholt</translation>
    </message>
    <message>
        <source>has to be a size such as &quot;1280x720&quot; or &quot;720p&quot;</source>
        <translation>muss eine Größe wie „1280x720“ oder „720p“ sein</translation>
    </message>
    <message>
        <source>The task is not JSON: %1, at byte %2.</source>
        <translation>Der Auftrag ist kein JSON: %1, bei Byte %2.</translation>
    </message>
    <message>
        <source>The task has to be a JSON object.</source>
        <translation>Der Auftrag muss ein JSON-Objekt sein.</translation>
    </message>
    <message>
        <source>does not belong to a %1 task</source>
        <translation>gehört nicht zu einem Auftrag der Art %1</translation>
    </message>
    <message>
        <source>has to be a text or a list of texts</source>
        <translation>muss ein Text oder eine Liste von Texten sein</translation>
    </message>
    <message>
        <source>has to be true or false</source>
        <translation>muss true oder false sein</translation>
    </message>
    <message>
        <source>has to be a whole number</source>
        <translation>muss eine ganze Zahl sein</translation>
    </message>
    <message>
        <source>has to be %1</source>
        <translation>muss %1 sein</translation>
    </message>
    <message>
        <source>has to be a list of objects</source>
        <translation>muss eine Liste von Objekten sein</translation>
    </message>
    <message>
        <source>or after_video_url has to be there, and not both</source>
        <translation>oder after_video_url muss da sein, und nicht beides</translation>
    </message>
    <message>
        <source>a size and a corner in pixels, such as &quot;128x72+48+28&quot;</source>
        <translation>eine Größe und eine Ecke in Pixeln, etwa &quot;128x72+48+28&quot;</translation>
    </message>
    <message>
        <source>frames such as &quot;12-24&quot;</source>
        <translation>Einzelbilder wie &quot;12-24&quot;</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;, and has to be one of %2</source>
        <translation>ist &quot;%1&quot; und muss eines von %2 sein</translation>
    </message>
</context>
<context>
    <name>TimeText</name>
    <message>
        <source>about %1 s left</source>
        <translation>noch etwa %1 s</translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation>noch etwa %1 min</translation>
    </message>
    <message>
        <source>about %1 h left</source>
        <translation>noch etwa %1 h</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Split</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Bewegen</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Write Prompt</source>
        <translation>Prompt schreiben</translation>
    </message>
    <message>
        <source>Trim</source>
        <translation>Trimmen</translation>
    </message>
</context>
<context>
    <name>TrainLook</name>
    <message>
        <source>A look is written as a .safetensors file: %1 is none.</source>
        <translation>Ein Look wird als .safetensors-Datei geschrieben: %1 ist keine.</translation>
    </message>
    <message>
        <source>Nothing can be written to %1.</source>
        <translation>In %1 kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The folder %1 does not exist.</source>
        <translation>Den Ordner %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>%1 is there already: choose another file with -o, or --overwrite it.</source>
        <translation>%1 gibt es schon: mit -o eine andere Datei wählen oder mit --overwrite ersetzen.</translation>
    </message>
    <message>
        <source>Encoding the clips</source>
        <translation>Clips werden kodiert</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>step %1, loss %2</source>
        <translation>Schritt %1, Fehler %2</translation>
    </message>
    <message>
        <source>What was learnt is kept in %1: the same command goes on from there. To begin anew, remove that folder.</source>
        <translation>Was gelernt wurde, liegt in %1: derselbe Befehl setzt dort fort. Für einen neuen Anfang diesen Ordner löschen.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Time: %1 steps; how long one takes is seen on the way</source>
        <translation>Zeit: %1 Schritte; wie lange einer dauert, zeigt sich unterwegs</translation>
    </message>
    <message>
        <source>Time: %1, and what preparing the clips takes</source>
        <translation>Zeit: %1, dazu das Vorbereiten der Clips</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>Modell: %1</translation>
    </message>
    <message>
        <source>Clips: %1, %2 of them stills; %3 stretches of up to %4 frames at %5x%6</source>
        <translation>Clips: %1, davon %2 Standbilder; %3 Abschnitte von bis zu %4 Bildern in %5x%6</translation>
    </message>
    <message>
        <source>Memory: %1 of %2 that are free</source>
        <translation>Speicher: %1 von %2, die frei sind</translation>
    </message>
    <message>
        <source>It fits.</source>
        <translation>Es passt.</translation>
    </message>
    <message>
        <source>It does not fit. --try-anyway tries it all the same.</source>
        <translation>Es passt nicht. --try-anyway versucht es trotzdem.</translation>
    </message>
    <message>
        <source>Writes: %1</source>
        <translation>Schreibt: %1</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>Goes on from what an interrupted training left in %1.</source>
        <translation>Setzt fort, was ein abgebrochenes Training in %1 hinterlassen hat.</translation>
    </message>
    <message>
        <source>Warning: what the look makes repeats %1 nearly frame for frame (%2 of 256 bits of their hashes differ). It was trained for too long, or from too few clips: take more clips, or fewer --minutes.</source>
        <translation>Warnung: Was der Look erzeugt, wiederholt %1 fast Bild für Bild (%2 von 256 Bits ihrer Prüfmuster sind verschieden). Er wurde zu lange oder von zu wenigen Clips trainiert: mehr Clips nehmen oder weniger --minutes.</translation>
    </message>
    <message>
        <source>Whether the look repeats its clips was not checked.</source>
        <translation>Ob der Look seine Clips wiederholt, wurde nicht geprüft.</translation>
    </message>
    <message>
        <source>Say &quot;%1&quot; in the prompt, with --lora %2.</source>
        <translation>Im Prompt „%1“ sagen, mit --lora %2.</translation>
    </message>
    <message>
        <source>The worker made no plan. Is it of this version of Fantascope?</source>
        <translation>Der Worker hat keinen Plan gemacht. Ist er von dieser Version von Fantascope?</translation>
    </message>
    <message>
        <source>Reading the clips</source>
        <translation>Clips werden gelesen</translation>
    </message>
    <message>
        <source>The worker ended without a look. Is it of this version of Fantascope?</source>
        <translation>Der Worker endete ohne Look. Ist er von dieser Version von Fantascope?</translation>
    </message>
</context>
<context>
    <name>TrainLookCommand</name>
    <message>
        <source>at most %1 letters</source>
        <translation>höchstens %1 Zeichen</translation>
    </message>
    <message>
        <source>What is the look called? --name NAME is missing.</source>
        <translation>Wie heißt der Look? --name NAME fehlt.</translation>
    </message>
    <message>
        <source>A look is learnt from at least %1 clips or stills, not from %2: it would only repeat them.</source>
        <translation>Ein Look wird von mindestens %1 Clips oder Standbildern gelernt, nicht von %2: er würde sie nur wiederholen.</translation>
    </message>
    <message>
        <source>A look is learnt from at most %1 clips or stills, not from %2: choose those that show it best.</source>
        <translation>Ein Look wird von höchstens %1 Clips oder Standbildern gelernt, nicht von %2: die wählen, die ihn am besten zeigen.</translation>
    </message>
    <message>
        <source>Trains a look (a LoRA) from 5 to 50 of your own clips and stills.
They may have any size and rate; of long clips up to eight stretches are taken. A text file of the same name beside a clip (waves.txt beside waves.mp4) says what the clip shows; &quot;in the style of NAME&quot; is said of all, and brings the look when it is said in a prompt. --caption TEXT is said of all clips in place of both. Ctrl-C keeps what was learnt in OUT.training, and the same command goes on from there.
fantascope generate --lora NAME.safetensors uses the look; fantascope models lists it.</source>
        <translation>Trainiert einen Look (eine LoRA) von 5 bis 50 eigenen Clips und Standbildern.
Sie dürfen jede Größe und Bildrate haben; von langen Clips werden bis zu acht Abschnitte genommen. Eine Textdatei gleichen Namens neben einem Clip (waves.txt neben waves.mp4) sagt, was er zeigt; „in the style of NAME“ wird von allen gesagt und bringt den Look, wenn es in einem Prompt steht. --caption TEXT wird statt beidem von allen Clips gesagt. Strg-C behält, was gelernt wurde, in OUT.training, und derselbe Befehl setzt dort fort.
fantascope generate --lora NAME.safetensors benutzt den Look; fantascope models zeigt ihn.</translation>
    </message>
    <message>
        <source>Clips and stills.</source>
        <translation>Clips und Standbilder.</translation>
    </message>
    <message>
        <source>The file to write (default: NAME.safetensors in the loras folder of your models). For a model of two experts these are two, OUT_high_noise and OUT_low_noise.</source>
        <translation>Die Datei (Voreinstellung: NAME.safetensors im Ordner loras der eigenen Modelle). Bei einem Modell aus zwei Experten sind es zwei, OUT_high_noise und OUT_low_noise.</translation>
    </message>
    <message>
        <source>What the look is called.</source>
        <translation>Wie der Look heißt.</translation>
    </message>
    <message>
        <source>Said of every clip, and then in prompts, in place of the name and of the texts beside them.</source>
        <translation>Wird von jedem Clip und später in Prompts gesagt, statt des Namens und der Texte daneben.</translation>
    </message>
    <message>
        <source>Name of a model, a model folder, or the file of a transformer.</source>
        <translation>Name eines Modells, ein Modellordner oder die Datei eines Transformers.</translation>
    </message>
    <message>
        <source>How long to train (default: 20).</source>
        <translation>Wie lange trainiert wird (Voreinstellung: 20).</translation>
    </message>
    <message>
        <source>So many steps in place of --minutes: the same clips and seed give the same look.</source>
        <translation>So viele Schritte statt --minutes: dieselben Clips und derselbe Startwert geben denselben Look.</translation>
    </message>
    <message>
        <source>Size of the look: more learns more and takes more memory (default: 16).</source>
        <translation>Größe des Looks: mehr lernt mehr und braucht mehr Speicher (Voreinstellung: 16).</translation>
    </message>
    <message>
        <source>Another seed, another look (default: 1).</source>
        <translation>Anderer Startwert, anderer Look (Voreinstellung: 1).</translation>
    </message>
    <message>
        <source>Replace a file that is there already.</source>
        <translation>Eine Datei ersetzen, die es schon gibt.</translation>
    </message>
    <message>
        <source>Train nothing: say what memory and time it would take.</source>
        <translation>Nichts trainieren: sagen, wie viel Speicher und Zeit es brauchte.</translation>
    </message>
    <message>
        <source>Also when it is predicted not to fit into the memory.</source>
        <translation>Auch, wenn es voraussichtlich nicht in den Speicher passt.</translation>
    </message>
</context>
<context>
    <name>app::BinModel</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 fps</source>
        <translation>%1 B/s</translation>
    </message>
    <message>
        <source>%1 kHz</source>
        <translation>%1 kHz</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>app::EditorApplication</name>
    <message>
        <source>H.264 film (MP4)</source>
        <translation>H.264-Film (MP4)</translation>
    </message>
    <message>
        <source>Plays everywhere: H.264 and AAC</source>
        <translation>Läuft überall: H.264 und AAC</translation>
    </message>
    <message>
        <source>Lossless film (MKV)</source>
        <translation>Verlustfreier Film (MKV)</translation>
    </message>
    <message>
        <source>Every bit as rendered, for further work: FFV1 and PCM</source>
        <translation>Jedes Bit wie gerendert, zum Weiterarbeiten: FFV1 und PCM</translation>
    </message>
    <message>
        <source>Exported, but not everything could be shown: %1</source>
        <translation>Exportiert, aber nicht alles konnte gezeigt werden: %1</translation>
    </message>
    <message>
        <source>There is no preset &quot;%1&quot;.</source>
        <translation>Es gibt keine Vorgabe „%1“.</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Fantascope did not end well last time. Changes that were not saved are here again; undo goes back to the saved project.</source>
        <translation>Fantascope wurde beim letzten Mal nicht ordentlich beendet. Nicht gespeicherte Änderungen sind wieder da; Rückgängig führt zum gespeicherten Projekt zurück.</translation>
    </message>
    <message>
        <source>Copying takes beside the project…</source>
        <translation>Takes werden neben das Projekt kopiert …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Importing file %1 of %2</source>
        <translation>Datei %1 von %2 wird importiert</translation>
    </message>
    <message>
        <source>A journal of unsaved changes cannot be read. It was kept as %1.</source>
        <translation>Ein Protokoll nicht gespeicherter Änderungen ist nicht lesbar. Es wurde als %1 aufgehoben.</translation>
    </message>
    <message>
        <source>%1 was not opened: save or discard these changes first.</source>
        <translation>%1 wurde nicht geöffnet: Speichern oder verwerfen Sie zuerst diese Änderungen.</translation>
    </message>
</context>
<context>
    <name>app::GenerationController</name>
    <message>
        <source>Generate %1</source>
        <translation>%1 generieren</translation>
    </message>
    <message>
        <source>Animate %1</source>
        <translation>%1 animieren</translation>
    </message>
    <message>
        <source>Restyle %1</source>
        <translation>%1 umgestalten</translation>
    </message>
    <message>
        <source>There is no model &quot;%1&quot;. Choose another one for the shot.</source>
        <translation>Es gibt kein Modell „%1“. Wählen Sie ein anderes für die Einstellung.</translation>
    </message>
    <message>
        <source>The shot &quot;%1&quot; is no longer there: its take went to the bin.</source>
        <translation>Die Einstellung „%1“ gibt es nicht mehr: Ihr Take liegt in der Ablage.</translation>
    </message>
    <message>
        <source>Add Take</source>
        <translation>Take hinzufügen</translation>
    </message>
    <message>
        <source>The take could not be added to the shot, and went to the bin: %1</source>
        <translation>Der Take konnte der Einstellung nicht hinzugefügt werden und liegt in der Ablage: %1</translation>
    </message>
    <message>
        <source>There is no model that can be used. &quot;fantascope models&quot; says where models go.</source>
        <translation>Es gibt kein verwendbares Modell. „fantascope models“ sagt, wohin Modelle gehören.</translation>
    </message>
    <message>
        <source>The job belongs to a project that is not open any more.</source>
        <translation>Der Auftrag gehört zu einem Projekt, das nicht mehr geöffnet ist.</translation>
    </message>
    <message>
        <source>Extend to %1</source>
        <translation>Verlängern: %1</translation>
    </message>
    <message>
        <source>Fill %1</source>
        <translation>Füllen: %1</translation>
    </message>
    <message>
        <source>%1, %2 of %3</source>
        <translation>%1, %2 von %3</translation>
    </message>
    <message>
        <source>Needs %1, and %2 are free. The job list offers to try it anyway.</source>
        <translation>Braucht %1, und %2 sind frei. Die Auftragsliste bietet an, es trotzdem zu versuchen.</translation>
    </message>
    <message>
        <source>Takes %1 of memory.</source>
        <translation>Braucht %1 Speicher.</translation>
    </message>
    <message>
        <source>Takes %1 and %2 of memory.</source>
        <translation>Braucht %1 und %2 Speicher.</translation>
    </message>
    <message>
        <source>Choose Take</source>
        <translation>Take wählen</translation>
    </message>
    <message>
        <source>This take is there already: it was chosen. Another seed makes another one.</source>
        <translation>Diesen Take gibt es schon: Er wurde gewählt. Ein anderer Seed ergibt einen anderen.</translation>
    </message>
    <message>
        <source>Retake %1</source>
        <translation>%1 neu drehen</translation>
    </message>
    <message>
        <source>Inpaint %1</source>
        <translation>Ausbessern: %1</translation>
    </message>
</context>
<context>
    <name>app::GenerationQueue</name>
    <message>
        <source>Preparing the inputs</source>
        <translation>Eingaben werden vorbereitet</translation>
    </message>
    <message>
        <source>Waiting for the worker</source>
        <translation>Es wird auf den Worker gewartet</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>Der Prompt wird gelesen</translation>
    </message>
    <message>
        <source>Looking at the base and style pictures</source>
        <translation>Grundlage und Stilbilder werden angesehen</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Decoding the frames</source>
        <translation>Die Bilder werden dekodiert</translation>
    </message>
    <message>
        <source>Saving the frames</source>
        <translation>Die Bilder werden gespeichert</translation>
    </message>
    <message>
        <source>Making the take</source>
        <translation>Der Take wird erstellt</translation>
    </message>
    <message>
        <source>The same request was made before: taken from the cache</source>
        <translation>Dieselbe Anfrage gab es schon: aus dem Zwischenspeicher genommen</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Wird abgebrochen</translation>
    </message>
    <message>
        <source>Going on</source>
        <translation>Geht weiter</translation>
    </message>
    <message>
        <source>After step %1 of %2</source>
        <translation>Nach Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Pausing after this step</source>
        <translation>Pausiert nach diesem Schritt</translation>
    </message>
</context>
<context>
    <name>app::MediaImporter</name>
    <message>
        <source>Audio</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Insert Media</source>
        <translation>Medien einfügen</translation>
    </message>
    <message>
        <source>Remove from Bin</source>
        <translation>Aus der Ablage entfernen</translation>
    </message>
    <message>
        <source>%1 is used on the timeline, and stays in the bin.</source>
        <translation>%1 wird auf der Timeline verwendet und bleibt in der Ablage.</translation>
    </message>
    <message>
        <source>1 file imported</source>
        <translation>1 Datei importiert</translation>
    </message>
    <message>
        <source>%1 files imported</source>
        <translation>%1 Dateien importiert</translation>
    </message>
</context>
<context>
    <name>app::ProjectController</name>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>Audio 1</source>
        <translation>Ton 1</translation>
    </message>
    <message>
        <source>Video 1</source>
        <translation>Video 1</translation>
    </message>
    <message>
        <source>Video 2</source>
        <translation>Video 2</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Stil</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>An argument is no valid text (UTF-8). Files with such names cannot be used: rename them.</source>
        <translation>Ein Argument ist kein gültiger Text (UTF-8). Dateien mit solchen Namen können nicht verwendet werden: Benennen Sie sie um.</translation>
    </message>
    <message>
        <source>There is no display for the editor&apos;s window. &quot;fantascope --help&quot; lists what works without one.</source>
        <translation>Es gibt keinen Bildschirm für das Fenster des Editors. „fantascope --help“ zeigt, was ohne geht.</translation>
    </message>
</context>
<context>
    <name>ui::AdvancedForm</name>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>Erweiterte Vorgaben</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Euler</source>
        <translation>Euler</translation>
    </message>
    <message>
        <source>UniPC</source>
        <translation>UniPC</translation>
    </message>
    <message>
        <source>UniPC, as first published</source>
        <translation>UniPC, wie zuerst veröffentlicht</translation>
    </message>
    <message>
        <source>Few steps (distilled models)</source>
        <translation>Wenige Schritte (destillierte Modelle)</translation>
    </message>
    <message>
        <source>Shift by picture size</source>
        <translation>Shift nach Bildgröße</translation>
    </message>
    <message>
        <source>CFG-Zero*</source>
        <translation>CFG-Zero*</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>EasyCache</source>
        <translation>EasyCache</translation>
    </message>
    <message>
        <source>First block</source>
        <translation>Erster Block</translation>
    </message>
    <message>
        <source>The model</source>
        <translation>Das Modell</translation>
    </message>
    <message>
        <source>Blending</source>
        <translation>Einblenden</translation>
    </message>
    <message>
        <source>Model&apos;s length</source>
        <translation>Länge des Modells</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>How noise becomes a picture, step by step</source>
        <translation>Wie aus Rauschen Schritt für Schritt ein Bild wird</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>Sampler, steps and shift as published for few-step models</source>
        <translation>Sampler, Schritte und Shift, wie für Modelle mit wenigen Schritten veröffentlicht</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>More gives composition more of the steps, less gives it to detail</source>
        <translation>Mehr gibt dem Aufbau mehr Schritte, weniger den Details</translation>
    </message>
    <message>
        <source>Guidance from</source>
        <translation>Führung ab</translation>
    </message>
    <message>
        <source>Guidance counts from this part of the run on</source>
        <translation>Ab diesem Teil des Laufs zählt die Führung</translation>
    </message>
    <message>
        <source>Guidance to</source>
        <translation>Führung bis</translation>
    </message>
    <message>
        <source>Guidance counts up to this part of the run</source>
        <translation>Bis zu diesem Teil des Laufs zählt die Führung</translation>
    </message>
    <message>
        <source>Guidance that keeps colours calmer</source>
        <translation>Führung, die Farben ruhiger hält</translation>
    </message>
    <message>
        <source>Step cache</source>
        <translation>Schritt-Cache</translation>
    </message>
    <message>
        <source>Faster where neighbouring steps are alike, at some cost of detail</source>
        <translation>Schneller, wo benachbarte Schritte sich gleichen, auf Kosten einiger Details</translation>
    </message>
    <message>
        <source>Given pictures</source>
        <translation>Gegebene Bilder</translation>
    </message>
    <message>
        <source>Who keeps the pictures that the shot goes on from: models that learnt it, or blending at every step</source>
        <translation>Wer die Bilder bewahrt, von denen die Einstellung ausgeht: Modelle, die es gelernt haben, oder Einblenden bei jedem Schritt</translation>
    </message>
    <message>
        <source>Frames before</source>
        <translation>Bilder davor</translation>
    </message>
    <message>
        <source>How much of the film before the shot it goes on from</source>
        <translation>Wie viel vom Film davor die Einstellung fortsetzt</translation>
    </message>
    <message>
        <source>Frames after</source>
        <translation>Bilder danach</translation>
    </message>
    <message>
        <source>How much of the film after the shot it leads to</source>
        <translation>Zu wie viel vom Film danach die Einstellung hinführt</translation>
    </message>
    <message>
        <source>Prompt blend</source>
        <translation>Prompt-Übergang</translation>
    </message>
    <message>
        <source>Frames over which one prompt gives way to the next</source>
        <translation>Einzelbilder, über die ein Prompt in den nächsten übergeht</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>Stücke</translation>
    </message>
    <message>
        <source>Frames of the pieces that a long shot is made in; 0: all at once</source>
        <translation>Einzelbilder der Stücke, in denen eine lange Einstellung entsteht; 0: alle auf einmal</translation>
    </message>
    <message>
        <source>%1 (model)</source>
        <translation>%1 (Modell)</translation>
    </message>
</context>
<context>
    <name>ui::BaseView</name>
    <message>
        <source>Base: %1</source>
        <translation>Grundlage: %1</translation>
    </message>
    <message>
        <source>Nothing below: made from the prompt alone</source>
        <translation>Nichts darunter: entsteht allein aus dem Prompt</translation>
    </message>
    <message>
        <source>Still below: it is brought to life</source>
        <translation>Standbild darunter: es wird lebendig</translation>
    </message>
    <message>
        <source>Film below: it is redrawn</source>
        <translation>Film darunter: er wird neu gezeichnet</translation>
    </message>
    <message>
        <source>Film beside it: it goes on from there</source>
        <translation>Film daneben: Von dort geht es weiter</translation>
    </message>
    <message>
        <source>Below a part of it: it goes on from there</source>
        <translation>Unter einem Teil davon: Von dort geht es weiter</translation>
    </message>
    <message>
        <source>Masked: only what is red is made anew</source>
        <translation>Maskiert: Nur Rotes wird neu gemacht</translation>
    </message>
</context>
<context>
    <name>ui::EditActions</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Ri&amp;pple Delete</source>
        <translation>Löschen und au&amp;frücken</translation>
    </message>
    <message>
        <source>&amp;Lift Marked Range</source>
        <translation>&amp;Markierten Bereich ausheben</translation>
    </message>
    <message>
        <source>&amp;Split at Playhead</source>
        <translation>Am Abspielkopf &amp;teilen</translation>
    </message>
    <message>
        <source>Split All &amp;Tracks</source>
        <translation>&amp;Alle Spuren teilen</translation>
    </message>
    <message>
        <source>&amp;Cross-Dissolve at Cut</source>
        <translation>Ü&amp;berblendung am Schnitt</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>All&amp;es auswählen</translation>
    </message>
    <message>
        <source>Select &amp;Nothing</source>
        <translation>&amp;Nichts auswählen</translation>
    </message>
    <message>
        <source>Trac&amp;ks</source>
        <translation>&amp;Spuren</translation>
    </message>
    <message>
        <source>T&amp;ool</source>
        <translation>Werk&amp;zeug</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Ripple Delete</source>
        <translation>Löschen und aufrücken</translation>
    </message>
    <message>
        <source>Lift</source>
        <translation>Ausheben</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>There is no cut between two clips to dissolve.</source>
        <translation>Es gibt keinen Schnitt zwischen zwei Clips, der überblendet werden könnte.</translation>
    </message>
    <message>
        <source>The clips have no frames beyond the cut to dissolve with. Trim them first.</source>
        <translation>Die Clips haben jenseits des Schnitts keine Bilder zum Überblenden. Trimmen Sie sie zuerst.</translation>
    </message>
    <message>
        <source>Cross-Dissolve</source>
        <translation>Überblendung</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>Ausschalten</translation>
    </message>
    <message>
        <source>S&amp;witch Clips On or Off</source>
        <translation>Clips e&amp;in- oder ausschalten</translation>
    </message>
    <message>
        <source>&amp;Move and Trim</source>
        <translation>Bewe&amp;gen und Trimmen</translation>
    </message>
</context>
<context>
    <name>ui::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export progress</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>&amp;Whole film</source>
        <translation>&amp;Ganzer Film</translation>
    </message>
    <message>
        <source>&amp;Marked range</source>
        <translation>&amp;Markierter Bereich</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen…</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>F&amp;ormat</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>&amp;Marked range, %1 to %2</source>
        <translation>&amp;Markierter Bereich, %1 bis %2</translation>
    </message>
    <message>
        <source>Export To</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>&amp;Cancel Export</source>
        <translation>Export abbre&amp;chen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Wird exportiert…</translation>
    </message>
    <message>
        <source>Exporting, %1</source>
        <comment>time left</comment>
        <translation>Wird exportiert, %1</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Exportiert nach %1</translation>
    </message>
    <message>
        <source>Not exported. %1</source>
        <translation>Nicht exportiert. %1</translation>
    </message>
    <message>
        <source>Export cancelled.</source>
        <translation>Export abgebrochen.</translation>
    </message>
    <message>
        <source>Nothing can be written to the folder %1.</source>
        <translation>In den Ordner %1 kann nichts geschrieben werden.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>Es gibt keinen Ordner %1.</translation>
    </message>
    <message>
        <source>%1 is there already. Press Replace to write over it.</source>
        <translation>%1 gibt es schon. „Ersetzen“ überschreibt die Datei.</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>E&amp;rsetzen</translation>
    </message>
</context>
<context>
    <name>ui::ExportIndicator</name>
    <message>
        <source>Show the export</source>
        <translation>Den Export zeigen</translation>
    </message>
    <message>
        <source>Exporting %1 %</source>
        <translation>Export: %1 %</translation>
    </message>
</context>
<context>
    <name>ui::FileActions</name>
    <message>
        <source>Open &amp;Recent</source>
        <translation>Zuletzt &amp;benutzt</translation>
    </message>
    <message>
        <source>&amp;New Project</source>
        <translation>&amp;Neues Projekt</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open &amp;Demo Project</source>
        <translation>&amp;Demoprojekt öffnen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>Speichern &amp;unter…</translation>
    </message>
    <message>
        <source>&amp;Import Media…</source>
        <translation>Medien &amp;importieren…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Beend&amp;en</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>&amp;Vorgaben…</translation>
    </message>
</context>
<context>
    <name>ui::GenerateActions</name>
    <message>
        <source>&amp;Generate</source>
        <translation>&amp;Generieren</translation>
    </message>
    <message>
        <source>&amp;New Shot</source>
        <translation>&amp;Neue Einstellung</translation>
    </message>
    <message>
        <source>Edit &amp;Prompt</source>
        <translation>&amp;Prompt bearbeiten</translation>
    </message>
    <message>
        <source>P&amp;revious Take</source>
        <translation>&amp;Vorheriger Take</translation>
    </message>
    <message>
        <source>Ne&amp;xt Take</source>
        <translation>Nä&amp;chster Take</translation>
    </message>
    <message>
        <source>Regenerate &amp;Stale Shots</source>
        <translation>Ver&amp;altete Einstellungen neu generieren</translation>
    </message>
    <message>
        <source>&amp;Cancel This Shot&apos;s Job</source>
        <translation>Auf&amp;trag dieser Einstellung abbrechen</translation>
    </message>
    <message>
        <source>Cancel &amp;All Jobs</source>
        <translation>A&amp;lle Aufträge abbrechen</translation>
    </message>
    <message>
        <source>&amp;Generate: %1</source>
        <comment>the verb the button shows</comment>
        <translation>&amp;Generieren: %1</translation>
    </message>
    <message>
        <source>Choose Take</source>
        <translation>Take wählen</translation>
    </message>
    <message>
        <source>&amp;Write Prompt at Playhead</source>
        <translation>Prompt am Abspielkopf schre&amp;iben</translation>
    </message>
    <message>
        <source>Pa&amp;use or Go On</source>
        <translation>Pa&amp;usieren oder weitermachen</translation>
    </message>
    <message>
        <source>Extend &amp;Forward</source>
        <translation>Nach &amp;hinten verlängern</translation>
    </message>
    <message>
        <source>Extend &amp;Backward</source>
        <translation>Nach vo&amp;rn verlängern</translation>
    </message>
    <message>
        <source>F&amp;ill Gap Between Clips</source>
        <translation>Lücke zwischen Clips &amp;füllen</translation>
    </message>
    <message>
        <source>Retake &amp;Marked Range</source>
        <translation>&amp;Markierten Bereich neu drehen</translation>
    </message>
    <message>
        <source>Write what happens there, and generate it (Ctrl+Return).</source>
        <translation>Schreiben Sie, was dort geschieht, und generieren Sie es (Strg+Eingabe).</translation>
    </message>
    <message>
        <source>Extend Forward</source>
        <translation>Nach hinten verlängern</translation>
    </message>
    <message>
        <source>Extend Backward</source>
        <translation>Nach vorn verlängern</translation>
    </message>
    <message>
        <source>Fill Gap</source>
        <translation>Lücke füllen</translation>
    </message>
    <message>
        <source>Retake Range</source>
        <translation>Bereich neu drehen</translation>
    </message>
    <message>
        <source>Generate F&amp;our Takes</source>
        <translation>Vier Takes gen&amp;erieren</translation>
    </message>
</context>
<context>
    <name>ui::HelpActions</name>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About Fantascope</source>
        <translation>Ü&amp;ber Fantascope</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Alt+Left, Alt+Right</source>
        <translation>Alt+Links, Alt+Rechts</translation>
    </message>
    <message>
        <source>Select the clip before or after</source>
        <translation>Den Clip davor oder danach auswählen</translation>
    </message>
    <message>
        <source>Alt+Up, Alt+Down</source>
        <translation>Alt+Auf, Alt+Ab</translation>
    </message>
    <message>
        <source>Select a clip on the track above or below</source>
        <translation>Einen Clip auf der Spur darüber oder darunter auswählen</translation>
    </message>
    <message>
        <source>Return, F2</source>
        <translation>Eingabe, F2</translation>
    </message>
    <message>
        <source>Write in the selected prompt, or choose a take of the selected shot</source>
        <translation>In den gewählten Prompt schreiben oder einen Take der gewählten Einstellung aussuchen</translation>
    </message>
    <message>
        <source>Escape</source>
        <translation>Escape</translation>
    </message>
    <message>
        <source>Give up a drag, or select nothing</source>
        <translation>Ein Ziehen abbrechen oder nichts auswählen</translation>
    </message>
    <message>
        <source>Page Up, Page Down</source>
        <translation>Bild auf, Bild ab</translation>
    </message>
    <message>
        <source>Scroll through the tracks</source>
        <translation>Durch die Spuren rollen</translation>
    </message>
    <message>
        <source>Wheel, Shift+Wheel</source>
        <translation>Mausrad, Umschalt+Mausrad</translation>
    </message>
    <message>
        <source>Scroll through tracks, through time</source>
        <translation>Durch Spuren, durch die Zeit rollen</translation>
    </message>
    <message>
        <source>Ctrl+Wheel</source>
        <translation>Strg+Mausrad</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>Am Mauszeiger zoomen</translation>
    </message>
    <message>
        <source>Middle Button</source>
        <translation>Mittlere Taste</translation>
    </message>
    <message>
        <source>Drag the timeline</source>
        <translation>Die Timeline ziehen</translation>
    </message>
    <message>
        <source>Shift+Drag at an Edge</source>
        <translation>Umschalt+Ziehen an einer Kante</translation>
    </message>
    <message>
        <source>Trim and move what comes after along</source>
        <translation>Trimmen und mitbewegen, was danach kommt</translation>
    </message>
    <message>
        <source>On the Timeline</source>
        <translation>Auf der Timeline</translation>
    </message>
</context>
<context>
    <name>ui::JobDelegate</name>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>detail, time left</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1. %2. %3</source>
        <comment>job, state, detail</comment>
        <translation>%1. %2. %3</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
</context>
<context>
    <name>ui::JobList</name>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Cancel the selected jobs</source>
        <translation>Gewählte Aufträge abbrechen</translation>
    </message>
    <message>
        <source>Run the selected jobs again</source>
        <translation>Gewählte Aufträge noch einmal ausführen</translation>
    </message>
    <message>
        <source>Cancel all jobs</source>
        <translation>Alle Aufträge abbrechen</translation>
    </message>
    <message>
        <source>Remove the jobs that are over from the list</source>
        <translation>Erledigte Aufträge aus der Liste entfernen</translation>
    </message>
    <message>
        <source>No jobs to do</source>
        <translation>Keine offenen Aufträge</translation>
    </message>
    <message>
        <source>To do: %1</source>
        <translation>Offen: %1</translation>
    </message>
    <message>
        <source>Pause the running job</source>
        <translation>Den laufenden Auftrag pausieren</translation>
    </message>
    <message>
        <source>Try the selected jobs anyway</source>
        <translation>Die gewählten Aufträge trotzdem versuchen</translation>
    </message>
    <message>
        <source>Try Anyway</source>
        <translation>Trotzdem</translation>
    </message>
    <message>
        <source>Go on with the paused jobs</source>
        <translation>Mit den pausierten Aufträgen weitermachen</translation>
    </message>
</context>
<context>
    <name>ui::LoraStrip</name>
    <message>
        <source>LoRAs</source>
        <translation>LoRAs</translation>
    </message>
    <message>
        <source>Add LoRA</source>
        <translation>LoRA hinzufügen</translation>
    </message>
    <message>
        <source>A LoRA gives the model a look, a face or a motion</source>
        <translation>Ein LoRA gibt dem Modell einen Look, ein Gesicht oder eine Bewegung</translation>
    </message>
    <message>
        <source>Choose a File…</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>LoRA files (%1)</source>
        <translation>LoRA-Dateien (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>How strongly the LoRA counts</source>
        <translation>Wie stark das LoRA zählt</translation>
    </message>
    <message>
        <source>Strength of %1</source>
        <translation>Stärke von %1</translation>
    </message>
    <message>
        <source>same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>How strongly it counts at the end of the run, if that changes</source>
        <translation>Wie stark es am Ende des Laufs zählt, falls sich das ändert</translation>
    </message>
    <message>
        <source>Strength of %1 at the end</source>
        <translation>Stärke von %1 am Ende</translation>
    </message>
    <message>
        <source>Remove this LoRA from the shot</source>
        <translation>Dieses LoRA aus der Einstellung entfernen</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>%1 (missing)</source>
        <comment>a LoRA</comment>
        <translation>%1 (fehlt)</translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message>
        <source>Media</source>
        <translation>Medien</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>What the Model Sees</source>
        <translation>Was das Modell sieht</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Timeline</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Playback</source>
        <translation>&amp;Wiedergabe</translation>
    </message>
    <message>
        <source>&amp;Generate</source>
        <translation>&amp;Generieren</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>%1[*] – Fantascope</source>
        <comment>project&apos;s name</comment>
        <translation>%1[*] – Fantascope</translation>
    </message>
    <message>
        <source>Jobs that are stopped by this: %1</source>
        <translation>Aufträge, die dadurch enden: %1</translation>
    </message>
    <message>
        <source>An export is running, and is stopped by this.</source>
        <translation>Ein Export läuft und wird dadurch abgebrochen.</translation>
    </message>
</context>
<context>
    <name>ui::MediaBin</name>
    <message>
        <source>Media bin</source>
        <translation>Medienablage</translation>
    </message>
    <message>
        <source>Search media</source>
        <translation>Medien suchen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Add files to the media bin</source>
        <translation>Dateien in die Medienablage aufnehmen</translation>
    </message>
    <message>
        <source>Import media</source>
        <translation>Medien importieren</translation>
    </message>
    <message>
        <source>Drop clips, pictures and sound here.</source>
        <translation>Clips, Bilder und Ton hier ablegen.</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>Medien</translation>
    </message>
    <message>
        <source>Remove from Bin</source>
        <translation>Aus der Ablage entfernen</translation>
    </message>
    <message>
        <source>Import Media</source>
        <translation>Medien importieren</translation>
    </message>
    <message>
        <source>Film, pictures and sound (%1)</source>
        <translation>Film, Bilder und Ton (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Overwrite at Playhead</source>
        <translation>Am Abspielkopf überschreiben</translation>
    </message>
    <message>
        <source>Insert as Style at Playhead</source>
        <translation>Am Abspielkopf als Stil einfügen</translation>
    </message>
    <message>
        <source>Insert as Mask at Playhead</source>
        <translation>Am Abspielkopf als Maske einfügen</translation>
    </message>
</context>
<context>
    <name>ui::Monitor</name>
    <message>
        <source>Monitor</source>
        <translation>Monitor</translation>
    </message>
    <message>
        <source>Picture at the playhead</source>
        <translation>Bild am Abspielkopf</translation>
    </message>
</context>
<context>
    <name>ui::MoveActions</name>
    <message>
        <source>One Frame &amp;Left</source>
        <translation>Ein Bild nach &amp;links</translation>
    </message>
    <message>
        <source>One Frame &amp;Right</source>
        <translation>Ein Bild nach &amp;rechts</translation>
    </message>
    <message>
        <source>To the Track &amp;Above</source>
        <translation>Auf die Spur &amp;darüber</translation>
    </message>
    <message>
        <source>To the Track &amp;Below</source>
        <translation>Auf die Spur darun&amp;ter</translation>
    </message>
    <message>
        <source>&amp;Start to Playhead</source>
        <translation>&amp;Anfang an den Abspielkopf</translation>
    </message>
    <message>
        <source>&amp;End to Playhead</source>
        <translation>&amp;Ende an den Abspielkopf</translation>
    </message>
    <message>
        <source>Start One Frame Left</source>
        <translation>Anfang ein Bild nach links</translation>
    </message>
    <message>
        <source>Start One Frame Right</source>
        <translation>Anfang ein Bild nach rechts</translation>
    </message>
    <message>
        <source>End One Frame Left</source>
        <translation>Ende ein Bild nach links</translation>
    </message>
    <message>
        <source>End One Frame Right</source>
        <translation>Ende ein Bild nach rechts</translation>
    </message>
    <message>
        <source>Nudge</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>There is no track of this kind above.</source>
        <translation>Darüber ist keine Spur dieser Art.</translation>
    </message>
    <message>
        <source>There is no track of this kind below.</source>
        <translation>Darunter ist keine Spur dieser Art.</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Bewegen</translation>
    </message>
    <message>
        <source>Trim</source>
        <translation>Trimmen</translation>
    </message>
</context>
<context>
    <name>ui::PlaybackActions</name>
    <message>
        <source>&amp;Play or Pause</source>
        <translation>&amp;Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Play &amp;Backward, Faster</source>
        <translation>&amp;Rückwärts, schneller</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stopp</translation>
    </message>
    <message>
        <source>Play &amp;Forward, Faster</source>
        <translation>&amp;Vorwärts, schneller</translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation>S&amp;chleife</translation>
    </message>
    <message>
        <source>One Frame Bac&amp;k</source>
        <translation>Ein Bild &amp;zurück</translation>
    </message>
    <message>
        <source>One Frame O&amp;n</source>
        <translation>Ein Bild &amp;weiter</translation>
    </message>
    <message>
        <source>One Second Back</source>
        <translation>Eine Sekunde zurück</translation>
    </message>
    <message>
        <source>One Second On</source>
        <translation>Eine Sekunde weiter</translation>
    </message>
    <message>
        <source>P&amp;revious Cut</source>
        <translation>V&amp;orheriger Schnitt</translation>
    </message>
    <message>
        <source>Ne&amp;xt Cut</source>
        <translation>&amp;Nächster Schnitt</translation>
    </message>
    <message>
        <source>To S&amp;tart</source>
        <translation>Zum An&amp;fang</translation>
    </message>
    <message>
        <source>To &amp;End</source>
        <translation>Zum &amp;Ende</translation>
    </message>
    <message>
        <source>Mark &amp;In</source>
        <translation>&amp;In-Punkt setzen</translation>
    </message>
    <message>
        <source>Mark &amp;Out</source>
        <translation>Out-Punkt se&amp;tzen</translation>
    </message>
    <message>
        <source>&amp;Clear Marks</source>
        <translation>Marken &amp;löschen</translation>
    </message>
</context>
<context>
    <name>ui::PromptBox</name>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>What is to be seen here?</source>
        <translation>Was soll hier zu sehen sein?</translation>
    </message>
</context>
<context>
    <name>ui::PromptEditor</name>
    <message>
        <source>Which prompt</source>
        <translation>Welcher Prompt</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>What is to be seen, in your own words</source>
        <translation>Was zu sehen sein soll, in eigenen Worten</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>Negativer Prompt</translation>
    </message>
    <message>
        <source>What to avoid</source>
        <translation>Was zu vermeiden ist</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>times</comment>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>The shot&apos;s own prompt</source>
        <translation>Eigener Prompt der Einstellung</translation>
    </message>
</context>
<context>
    <name>ui::RecipeForm</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The model that makes the shot</source>
        <translation>Das Modell, das die Einstellung erzeugt</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>What of the film below steers the result</source>
        <translation>Was vom Film darunter das Ergebnis lenkt</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>How far the result may go from the film below</source>
        <translation>Wie weit sich das Ergebnis vom Film darunter entfernen darf</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>More steps take longer and show more detail</source>
        <translation>Mehr Schritte dauern länger und zeigen mehr Details</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Führung</translation>
    </message>
    <message>
        <source>How strictly the prompt is followed</source>
        <translation>Wie streng dem Prompt gefolgt wird</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>The same seed and settings make the same take; empty: a new one each time</source>
        <translation>Gleicher Seed und gleiche Einstellungen ergeben denselben Take; leer: jedes Mal ein neuer</translation>
    </message>
    <message>
        <source>New random seed</source>
        <translation>Neuer zufälliger Seed</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufällig</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 (model)</source>
        <translation>%1 (Modell)</translation>
    </message>
    <message>
        <source>%1 (missing)</source>
        <comment>a model</comment>
        <translation>%1 (fehlt)</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Out of focus</source>
        <translation>Unscharf</translation>
    </message>
    <message>
        <source>Depth (a depth clip)</source>
        <translation>Tiefe (ein Tiefenclip)</translation>
    </message>
    <message>
        <source>As a guide (poses, any other)</source>
        <translation>Als Leitclip (Posen, anderes)</translation>
    </message>
    <message>
        <source>Keep it, make the rest</source>
        <translation>Behalten, den Rest machen</translation>
    </message>
</context>
<context>
    <name>ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model folders</source>
        <translation>Modellordner</translation>
    </message>
    <message>
        <source>Add a model folder</source>
        <translation>Einen Modellordner hinzufügen</translation>
    </message>
    <message>
        <source>Remove the selected model folder</source>
        <translation>Den gewählten Modellordner entfernen</translation>
    </message>
    <message>
        <source>Pictures are made by</source>
        <translation>Bilder macht</translation>
    </message>
    <message>
        <source>Generated frames that are kept</source>
        <translation>Generierte Bilder, die behalten werden</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>The graphics card if there is one</source>
        <translation>die Grafikkarte, wenn es eine gibt</translation>
    </message>
    <message>
        <source>The graphics card (Vulkan)</source>
        <translation>die Grafikkarte (Vulkan)</translation>
    </message>
    <message>
        <source>The processor</source>
        <translation>der Prozessor</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>&amp;OK</source>
        <translation>&amp;OK</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>For shots that name none.</source>
        <translation>Für Einstellungen, die keines nennen.</translation>
    </message>
    <message>
        <source>Model &amp;folders</source>
        <translation>Modell&amp;ordner</translation>
    </message>
    <message>
        <source>Pictures are made &amp;by</source>
        <translation>&amp;Bilder macht</translation>
    </message>
    <message>
        <source>In exports at once, in the monitor from the next start on.</source>
        <translation>In Exporten sofort, im Monitor vom nächsten Start an.</translation>
    </message>
    <message>
        <source>&amp;Keep generated frames up to</source>
        <translation>&amp;Generierte Bilder behalten bis</translation>
    </message>
    <message>
        <source>What was not used for longest goes first. Takes in projects stay.</source>
        <translation>Was am längsten nicht gebraucht wurde, geht zuerst. Takes in Projekten bleiben.</translation>
    </message>
    <message>
        <source>The first that can run</source>
        <translation>Das erste, das laufen kann</translation>
    </message>
    <message>
        <source>%1 (missing)</source>
        <comment>a model</comment>
        <translation>%1 (fehlt)</translation>
    </message>
    <message>
        <source>Model Folder</source>
        <translation>Modellordner</translation>
    </message>
</context>
<context>
    <name>ui::ShotPanel</name>
    <message>
        <source>What the model sees</source>
        <translation>Was das Modell sieht</translation>
    </message>
    <message>
        <source>Cancel this shot&apos;s job</source>
        <translation>Auftrag dieser Einstellung abbrechen</translation>
    </message>
    <message>
        <source>Select a shot to see what the model sees.

Or select a prompt, a picture or a clip and press the button: a shot is laid over it.</source>
        <translation>Wählen Sie eine Einstellung, um zu sehen, was das Modell sieht.

Oder wählen Sie einen Prompt, ein Bild oder einen Clip und drücken Sie den Knopf: Eine Einstellung wird darübergelegt.</translation>
    </message>
    <message>
        <source>New Shot</source>
        <translation>Neue Einstellung</translation>
    </message>
    <message>
        <source>Lay a shot over what is selected, without generating it yet</source>
        <translation>Eine Einstellung über die Auswahl legen, ohne sie schon zu generieren</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Stil</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>Shot</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Change Shot Settings</source>
        <translation>Vorgaben der Einstellung ändern</translation>
    </message>
    <message>
        <source>Choose Take</source>
        <translation>Take wählen</translation>
    </message>
    <message>
        <source>Remove Take</source>
        <translation>Take entfernen</translation>
    </message>
    <message>
        <source>Write Prompt</source>
        <translation>Prompt schreiben</translation>
    </message>
    <message>
        <source>Change Style Strength</source>
        <translation>Stärke des Stils ändern</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Generieren</translation>
    </message>
    <message>
        <source>Animate</source>
        <translation>Animieren</translation>
    </message>
    <message>
        <source>Restyle</source>
        <translation>Umgestalten</translation>
    </message>
    <message>
        <source>%1 (Ctrl+Return)</source>
        <translation>%1 (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Number of takes</source>
        <translation>Anzahl der Takes</translation>
    </message>
    <message>
        <source>How many takes are made, each with another seed</source>
        <translation>Wie viele Takes entstehen, jeder mit einem anderen Seed</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>Verlängern</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllen</translation>
    </message>
    <message>
        <source>Retake</source>
        <translation>Neu drehen</translation>
    </message>
    <message>
        <source>Inpaint</source>
        <translation>Ausbessern</translation>
    </message>
</context>
<context>
    <name>ui::StatusLine</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 (and %2 more)</source>
        <comment>the first problem, how many others</comment>
        <translation>%1 (und %2 weitere)</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
</context>
<context>
    <name>ui::StyleStrip</name>
    <message>
        <source>No style image over this shot</source>
        <translation>Kein Stilbild über dieser Einstellung</translation>
    </message>
    <message>
        <source>Style images</source>
        <translation>Stilbilder</translation>
    </message>
    <message>
        <source>Style image %1</source>
        <translation>Stilbild %1</translation>
    </message>
    <message>
        <source>Strength of %1</source>
        <translation>Stärke von %1</translation>
    </message>
    <message>
        <source>How strongly this style counts</source>
        <translation>Wie stark dieser Stil zählt</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
</context>
<context>
    <name>ui::TakeList</name>
    <message>
        <source>seed %1</source>
        <translation>Seed %1</translation>
    </message>
    <message>
        <source>Show this take</source>
        <translation>Diesen Take zeigen</translation>
    </message>
    <message>
        <source>Remove this take from the shot</source>
        <translation>Diesen Take aus der Einstellung entfernen</translation>
    </message>
    <message>
        <source>Takes of the shot</source>
        <translation>Takes der Einstellung</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>Take %1, shown</source>
        <translation>Take %1, gezeigt</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>Take %1</translation>
    </message>
    <message>
        <source>steps %1</source>
        <translation>%1 Schritte</translation>
    </message>
</context>
<context>
    <name>ui::TakeMenu</name>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>Take %1</translation>
    </message>
    <message>
        <source>No Take: Show What Lies Below</source>
        <translation>Kein Take: zeigen, was darunter liegt</translation>
    </message>
    <message>
        <source>Choose Take</source>
        <translation>Take wählen</translation>
    </message>
</context>
<context>
    <name>ui::TimelineCanvas</name>
    <message>
        <source>Timeline</source>
        <translation>Timeline</translation>
    </message>
    <message>
        <source>Write Prompt</source>
        <translation>Prompt schreiben</translation>
    </message>
    <message>
        <source>Nothing selected</source>
        <translation>Nichts ausgewählt</translation>
    </message>
    <message>
        <source>Selected: %1. %2</source>
        <comment>what, where</comment>
        <translation>Ausgewählt: %1. %2</translation>
    </message>
</context>
<context>
    <name>ui::TimelineRuler</name>
    <message>
        <source>Time ruler</source>
        <translation>Zeitlineal</translation>
    </message>
</context>
<context>
    <name>ui::TimelineView</name>
    <message>
        <source>Scroll through time</source>
        <translation>Durch die Zeit blättern</translation>
    </message>
    <message>
        <source>Scroll through tracks</source>
        <translation>Durch die Spuren blättern</translation>
    </message>
    <message>
        <source>Write Prompt</source>
        <translation>Prompt schreiben</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Stil</translation>
    </message>
    <message>
        <source>Add Track</source>
        <translation>Spur hinzufügen</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
</context>
<context>
    <name>ui::ToolActions</name>
    <message>
        <source>&amp;Select</source>
        <translation>Aus&amp;wählen</translation>
    </message>
    <message>
        <source>&amp;Trim</source>
        <translation>&amp;Trimmen</translation>
    </message>
    <message>
        <source>&amp;Blade</source>
        <translation>&amp;Klinge</translation>
    </message>
    <message>
        <source>&amp;Prompt Pen</source>
        <translation>&amp;Promptstift</translation>
    </message>
    <message>
        <source>&amp;Hand</source>
        <translation>&amp;Hand</translation>
    </message>
</context>
<context>
    <name>ui::ToolButtons</name>
    <message>
        <source>Snap (S)</source>
        <translation>Einrasten (S)</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Select and move (V)</source>
        <translation>Auswählen und bewegen (V)</translation>
    </message>
    <message>
        <source>Trim, what follows moves along (T)</source>
        <translation>Trimmen, Nachfolgendes rückt mit (T)</translation>
    </message>
    <message>
        <source>Blade (C)</source>
        <translation>Klinge (C)</translation>
    </message>
    <message>
        <source>Draw a prompt and type into it (P)</source>
        <translation>Einen Prompt zeichnen und hineinschreiben (P)</translation>
    </message>
    <message>
        <source>Scroll by dragging (H)</source>
        <translation>Durch Ziehen blättern (H)</translation>
    </message>
</context>
<context>
    <name>ui::TrackActions</name>
    <message>
        <source>&amp;Remove Track of the Selected Clip</source>
        <translation>Spur des gewählten Clips &amp;entfernen</translation>
    </message>
    <message>
        <source>Remove &amp;Empty Tracks</source>
        <translation>&amp;Leere Spuren entfernen</translation>
    </message>
    <message>
        <source>Add &amp;Video Track</source>
        <translation>&amp;Videospur hinzufügen</translation>
    </message>
    <message>
        <source>Add &amp;Audio Track</source>
        <translation>&amp;Tonspur hinzufügen</translation>
    </message>
    <message>
        <source>Add &amp;Prompt Track</source>
        <translation>&amp;Promptspur hinzufügen</translation>
    </message>
    <message>
        <source>Add &amp;Style Track</source>
        <translation>&amp;Stilspur hinzufügen</translation>
    </message>
    <message>
        <source>Audio %1</source>
        <translation>Ton %1</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Prompt %1</source>
        <translation>Prompt %1</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Stil</translation>
    </message>
    <message>
        <source>Style %1</source>
        <translation>Stil %1</translation>
    </message>
    <message>
        <source>Video %1</source>
        <translation>Video %1</translation>
    </message>
    <message>
        <source>Add Track</source>
        <translation>Spur hinzufügen</translation>
    </message>
    <message>
        <source>Remove Track</source>
        <translation>Spur entfernen</translation>
    </message>
    <message>
        <source>Remove Empty Tracks</source>
        <translation>Leere Spuren entfernen</translation>
    </message>
    <message>
        <source>Add &amp;Mask Track</source>
        <translation>&amp;Maskenspur hinzufügen</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Mask %1</source>
        <translation>Maske %1</translation>
    </message>
</context>
<context>
    <name>ui::TrackHeader</name>
    <message>
        <source>Mute %1</source>
        <translation>%1 stummschalten</translation>
    </message>
    <message>
        <source>Unmute %1</source>
        <translation>Stummschaltung von %1 aufheben</translation>
    </message>
    <message>
        <source>Hide %1</source>
        <translation>%1 ausblenden</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 einblenden</translation>
    </message>
    <message>
        <source>Unlock %1</source>
        <translation>%1 entsperren</translation>
    </message>
    <message>
        <source>Lock %1</source>
        <translation>%1 sperren</translation>
    </message>
    <message>
        <source>Track %1</source>
        <translation>Spur %1</translation>
    </message>
    <message>
        <source>More for %1</source>
        <translation>Mehr für %1</translation>
    </message>
    <message>
        <source>Name of track %1</source>
        <translation>Name der Spur %1</translation>
    </message>
</context>
<context>
    <name>ui::TrackHeaders</name>
    <message>
        <source>Tracks</source>
        <translation>Spuren</translation>
    </message>
    <message>
        <source>Rename Track</source>
        <translation>Spur umbenennen</translation>
    </message>
    <message>
        <source>Show Track</source>
        <translation>Spur einblenden</translation>
    </message>
    <message>
        <source>Hide Track</source>
        <translation>Spur ausblenden</translation>
    </message>
    <message>
        <source>Lock Track</source>
        <translation>Spur sperren</translation>
    </message>
    <message>
        <source>Unlock Track</source>
        <translation>Spur entsperren</translation>
    </message>
    <message>
        <source>Move Track</source>
        <translation>Spur bewegen</translation>
    </message>
    <message>
        <source>Move &amp;Up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move &amp;Down</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>&amp;Remove Track</source>
        <translation>Spur &amp;entfernen</translation>
    </message>
    <message>
        <source>Remove Track</source>
        <translation>Spur entfernen</translation>
    </message>
</context>
<context>
    <name>ui::Transport</name>
    <message>
        <source>Transport</source>
        <translation>Wiedergabesteuerung</translation>
    </message>
    <message>
        <source>Timecode of the playhead</source>
        <translation>Timecode des Abspielkopfs</translation>
    </message>
    <message>
        <source>Type a timecode or a frame number to go there</source>
        <translation>Timecode oder Bildnummer eingeben, um dorthin zu springen</translation>
    </message>
    <message>
        <source>Length of the film</source>
        <translation>Länge des Films</translation>
    </message>
    <message>
        <source>● LIVE PREVIEW</source>
        <translation>● LIVE-VORSCHAU</translation>
    </message>
    <message>
        <source>A shot is being generated and shows as it is now</source>
        <translation>Eine Einstellung wird gerade generiert und zeigt sich, wie sie jetzt ist</translation>
    </message>
    <message>
        <source>Live preview</source>
        <translation>Live-Vorschau</translation>
    </message>
    <message>
        <source>Go to start (Home)</source>
        <translation>Zum Anfang (Pos1)</translation>
    </message>
    <message>
        <source>One frame back (Left)</source>
        <translation>Ein Bild zurück (Links)</translation>
    </message>
    <message>
        <source>One frame on (Right)</source>
        <translation>Ein Bild weiter (Rechts)</translation>
    </message>
    <message>
        <source>Go to end (End)</source>
        <translation>Zum Ende (Ende)</translation>
    </message>
    <message>
        <source>Loop (Ctrl+L)</source>
        <translation>Schleife (Strg+L)</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>Abspielen (Leertaste)</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>Anhalten (Leertaste)</translation>
    </message>
</context>
<context>
    <name>ui::UnsavedGuard</name>
    <message>
        <source>Unsaved Changes</source>
        <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>The project has changes that are not saved.</source>
        <translation>Das Projekt hat Änderungen, die nicht gespeichert sind.</translation>
    </message>
    <message>
        <source>Without saving they are lost.</source>
        <translation>Ohne Speichern gehen sie verloren.</translation>
    </message>
    <message>
        <source>Still Working</source>
        <translation>Noch bei der Arbeit</translation>
    </message>
    <message>
        <source>&amp;Stop and Continue</source>
        <translation>&amp;Beenden und fortfahren</translation>
    </message>
</context>
<context>
    <name>ui::ViewActions</name>
    <message>
        <source>Zoom &amp;In</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Show &amp;Whole Film</source>
        <translation>Ganzen &amp;Film zeigen</translation>
    </message>
    <message>
        <source>&amp;Snap</source>
        <translation>Ein&amp;rasten</translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
</context>
</TS>
