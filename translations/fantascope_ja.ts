<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Fantascope</source>
        <translation>Fantascope について</translation>
    </message>
    <message>
        <source>A video editor whose timeline is the prompt.

Everything runs on this machine. Apache License 2.0.</source>
        <translation>タイムラインがプロンプトになる動画エディターです。

すべてこのコンピューター上で動きます。Apache License 2.0。</translation>
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
        <translation>約 %1 秒</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>約 %1 分</translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation>約 %1 時間</translation>
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
        <translation>このヘルプを表示します。</translation>
    </message>
    <message>
        <source>Print the result as one JSON document.</source>
        <translation>結果を 1 つの JSON 文書として出力します。</translation>
    </message>
    <message>
        <source>Usage: fantascope %1 [options] %2</source>
        <translation>使い方: fantascope %1 [options] %2</translation>
    </message>
    <message>
        <source>Try --help.</source>
        <translation>--help を参照してください。</translation>
    </message>
    <message>
        <source>Exit codes: 0 done, 1 wrong usage, 2 a file, model or combination of inputs that cannot be used, 3 generation failed, 4 the result could not be rendered or written, 5 cancelled (Ctrl-C), 6 written, but media of the project is missing or broken.</source>
        <translation>終了コード: 0 完了、1 使い方の誤り、2 使えないファイル・モデル・入力の組み合わせ、3 生成の失敗、4 結果をレンダリングまたは書き込みできない、5 キャンセル (Ctrl-C)、6 書き込み済み、ただしプロジェクトの素材が見つからないか壊れている。</translation>
    </message>
    <message>
        <source>--%1 is given more than once.</source>
        <translation>--%1 が複数回指定されています。</translation>
    </message>
    <message>
        <source>This command takes no arguments beside its options: &quot;%1&quot;.</source>
        <translation>このコマンドはオプション以外の引数を取りません: 「%1」。</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>Fantascope, a video editor whose timeline is the prompt.</source>
        <translation>Fantascope、タイムラインがプロンプトになる動画エディター。</translation>
    </message>
    <message>
        <source>Usage: fantascope [FILE.otio]          opens the editor
       fantascope COMMAND [options]    works without a window</source>
        <translation>使い方: fantascope [FILE.otio]          エディターを開く
        fantascope COMMAND [options]    ウィンドウなしで実行</translation>
    </message>
    <message>
        <source>Commands (COMMAND --help says more):</source>
        <translation>コマンド (詳しくは COMMAND --help):</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>オプション:</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>このヘルプを表示します。</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>バージョンを表示します。</translation>
    </message>
    <message>
        <source>There is no command &quot;%1&quot;. Try --help.</source>
        <translation>コマンド「%1」はありません。--help を参照してください。</translation>
    </message>
    <message>
        <source>The editor opens one project and takes no more arguments: &quot;%1&quot;.</source>
        <translation>エディターが開くプロジェクトは 1 つで、それ以外の引数は取りません: 「%1」。</translation>
    </message>
</context>
<context>
    <name>ContinueShot</name>
    <message>
        <source>Select a clip that shows something to go on from.</source>
        <translation>続きの起点になる映像のあるクリップを選んでください。</translation>
    </message>
    <message>
        <source>There is no room after the clip: move what follows away first.</source>
        <translation>クリップの後ろに空きがありません。先に後続のものを動かしてください。</translation>
    </message>
    <message>
        <source>There is no room before the clip: move it away from what comes before it first.</source>
        <translation>クリップの前に空きがありません。先に前のものから離してください。</translation>
    </message>
    <message>
        <source>Select two clips of a track with a gap between them, or put the playhead into the gap.</source>
        <translation>間に空きのある同じトラックの 2 つのクリップを選ぶか、再生ヘッドを空きに置いてください。</translation>
    </message>
    <message>
        <source>Select a clip and mark the part of it that is to be made anew (I and O).</source>
        <translation>クリップを選び、作り直す部分を I と O で指定してください。</translation>
    </message>
</context>
<context>
    <name>DemoCommand</name>
    <message>
        <source>a shot from the prompt &quot;%1&quot;</source>
        <translation>プロンプト「%1」からのショット</translation>
    </message>
    <message>
        <source>a base clip restyled</source>
        <translation>スタイルを変えたベースクリップ</translation>
    </message>
    <message>
        <source>Makes the demo film: a shot from a prompt dissolves into a base clip in the look of a style picture.
Writes demo.mp4, contact-sheet.png and demo.otio, which the editor opens.</source>
        <translation>デモ動画を作ります: プロンプトからのショットが、スタイル画像の見た目のベースクリップにディゾルブします。
demo.mp4、contact-sheet.png、エディターで開ける demo.otio を書き出します。</translation>
    </message>
    <message>
        <source>The folder to write to (default: fantascope-demo).</source>
        <translation>書き込み先のフォルダー (既定: fantascope-demo)。</translation>
    </message>
    <message>
        <source>Name of a model, or a model folder (default: the starter).</source>
        <translation>モデル名またはモデルフォルダー (既定: スターター)。</translation>
    </message>
    <message>
        <source>There is no model &quot;%1&quot;.</source>
        <translation>モデル「%1」はありません。</translation>
    </message>
</context>
<context>
    <name>DemoProject</name>
    <message>
        <source>Demo</source>
        <translation>デモ</translation>
    </message>
    <message>
        <source>Audio 1</source>
        <translation>オーディオ 1</translation>
    </message>
    <message>
        <source>Audio 2</source>
        <translation>オーディオ 2</translation>
    </message>
    <message>
        <source>Video 1</source>
        <translation>ビデオ 1</translation>
    </message>
    <message>
        <source>Video 2</source>
        <translation>ビデオ 2</translation>
    </message>
    <message>
        <source>Video 3</source>
        <translation>ビデオ 3</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>スタイル</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>プロンプト</translation>
    </message>
    <message>
        <source>Lake</source>
        <translation>湖</translation>
    </message>
    <message>
        <source>Boat, painted</source>
        <translation>絵画調のボート</translation>
    </message>
</context>
<context>
    <name>DemoSheet</name>
    <message>
        <source>base  |  style  |  result, at %1 s</source>
        <translation>ベース  |  スタイル  |  結果、%1 秒</translation>
    </message>
    <message>
        <source>from the prompt &quot;%1&quot;</source>
        <translation>プロンプト「%1」から</translation>
    </message>
    <message>
        <source>the film</source>
        <translation>動画</translation>
    </message>
</context>
<context>
    <name>DescribeModels</name>
    <message>
        <source>It is no model that can be used: %1</source>
        <translation>使用できるモデルではありません: %1</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>This cannot be done here.</source>
        <translation>ここではこの操作はできません。</translation>
    </message>
    <message>
        <source>This is not a valid time.</source>
        <translation>有効な時刻ではありません。</translation>
    </message>
    <message>
        <source>It is no longer there.</source>
        <translation>すでに存在しません。</translation>
    </message>
    <message>
        <source>The track is locked.</source>
        <translation>トラックはロックされています。</translation>
    </message>
    <message>
        <source>This does not belong on a track of this kind.</source>
        <translation>この種類のトラックには置けません。</translation>
    </message>
    <message>
        <source>The result would not be a valid timeline.</source>
        <translation>結果が有効なタイムラインになりません。</translation>
    </message>
    <message>
        <source>The file does not exist.</source>
        <translation>ファイルがありません。</translation>
    </message>
    <message>
        <source>This is not a file.</source>
        <translation>ファイルではありません。</translation>
    </message>
    <message>
        <source>Permission was denied.</source>
        <translation>アクセスが拒否されました。</translation>
    </message>
    <message>
        <source>The file could not be read.</source>
        <translation>ファイルを読み込めませんでした。</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>ファイルを書き込めませんでした。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>ディスクの空きがありません。</translation>
    </message>
    <message>
        <source>The file is not what it should be.</source>
        <translation>ファイルの内容が正しくありません。</translation>
    </message>
    <message>
        <source>The file is of a version that is not supported.</source>
        <translation>対応していないバージョンのファイルです。</translation>
    </message>
    <message>
        <source>It is too large.</source>
        <translation>大きすぎます。</translation>
    </message>
    <message>
        <source>The file&apos;s format is not supported.</source>
        <translation>対応していないファイル形式です。</translation>
    </message>
    <message>
        <source>The file&apos;s codec is not supported.</source>
        <translation>対応していないコーデックです。</translation>
    </message>
    <message>
        <source>The file&apos;s pixel format is not supported.</source>
        <translation>対応していないピクセル形式です。</translation>
    </message>
    <message>
        <source>There is no picture in the file.</source>
        <translation>ファイルに映像がありません。</translation>
    </message>
    <message>
        <source>There is no sound in the file.</source>
        <translation>ファイルに音声がありません。</translation>
    </message>
    <message>
        <source>The file ends too early.</source>
        <translation>ファイルが途中で終わっています。</translation>
    </message>
    <message>
        <source>The file is damaged.</source>
        <translation>ファイルが壊れています。</translation>
    </message>
    <message>
        <source>The file is encrypted.</source>
        <translation>ファイルは暗号化されています。</translation>
    </message>
    <message>
        <source>Only files on this machine can be used.</source>
        <translation>このコンピューター上のファイルだけを使えます。</translation>
    </message>
    <message>
        <source>The file could not be decoded.</source>
        <translation>ファイルをデコードできませんでした。</translation>
    </message>
    <message>
        <source>The film could not be encoded.</source>
        <translation>動画をエンコードできませんでした。</translation>
    </message>
    <message>
        <source>The time is past the end of the file.</source>
        <translation>時刻がファイルの終わりを過ぎています。</translation>
    </message>
    <message>
        <source>There is no Vulkan device.</source>
        <translation>Vulkan デバイスがありません。</translation>
    </message>
    <message>
        <source>Vulkan failed.</source>
        <translation>Vulkan でエラーが発生しました。</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>メモリが足りません。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>キャンセルしました。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what it is about: what went wrong</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The project uses this file: choose another name for the result.</source>
        <translation>このファイルはプロジェクトで使われています。結果には別の名前を選んでください。</translation>
    </message>
    <message>
        <source>The shot was not generated yet: a slate is in its place.</source>
        <translation>ショットはまだ生成されていません。代わりにスレートが表示されます。</translation>
    </message>
</context>
<context>
    <name>FindModel</name>
    <message>
        <source>There is no model. &quot;fantascope models&quot; says where models are looked for.</source>
        <translation>モデルがありません。モデルを探す場所は「fantascope models」で確認できます。</translation>
    </message>
    <message>
        <source>There is no model &quot;%1&quot;. &quot;fantascope models&quot; lists those there are.</source>
        <translation>モデル「%1」はありません。「fantascope models」で一覧を表示できます。</translation>
    </message>
</context>
<context>
    <name>FrameCommand</name>
    <message>
        <source>Writes one frame of a project: .png with 16 bits as the export would code it, or .exr in linear light.</source>
        <translation>プロジェクトの 1 フレームを書き出します: 書き出しと同じ符号化の 16 ビット .png、またはリニアの .exr。</translation>
    </message>
    <message>
        <source>The project.</source>
        <translation>プロジェクト。</translation>
    </message>
    <message>
        <source>Which one: a timecode (00:00:01:12) or a frame number.</source>
        <translation>どのフレームか: タイムコード (00:00:01:12) またはフレーム番号。</translation>
    </message>
    <message>
        <source>The picture to write: .png or .exr.</source>
        <translation>書き出す画像: .png または .exr。</translation>
    </message>
    <message>
        <source>What draws: auto, cpu or vulkan.</source>
        <translation>描画方法: auto、cpu、vulkan。</translation>
    </message>
    <message>
        <source>One project, --at TIME and -o OUT are needed.</source>
        <translation>プロジェクト 1 つ、--at TIME、-o OUT が必要です。</translation>
    </message>
    <message>
        <source>There is no compositor &quot;%1&quot;: auto, cpu or vulkan.</source>
        <translation>コンポジター「%1」はありません: auto、cpu、vulkan。</translation>
    </message>
    <message>
        <source>A frame is written as .png or .exr.</source>
        <translation>フレームは .png か .exr で書き出します。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no timecode and no frame number.</source>
        <translation>「%1」はタイムコードでもフレーム番号でもありません。</translation>
    </message>
    <message>
        <source>Warning: %1</source>
        <translation>警告: %1</translation>
    </message>
</context>
<context>
    <name>GenerateCommand</name>
    <message>
        <source>a size such as 224x128</source>
        <translation>224x128 のようなサイズ</translation>
    </message>
    <message>
        <source>The film to write: .mp4 (H.264), .mkv (lossless), .png (numbered) or a folder for PNG files.</source>
        <translation>書き出す動画: .mp4 (H.264)、.mkv (ロスレス)、.png (連番)、または PNG を入れるフォルダー。</translation>
    </message>
    <message>
        <source>What is to be seen.</source>
        <translation>映したいもの。</translation>
    </message>
    <message>
        <source>What is not to be seen.</source>
        <translation>映したくないもの。</translation>
    </message>
    <message>
        <source>A still to animate: the first frame.</source>
        <translation>動かす静止画: 最初のフレーム。</translation>
    </message>
    <message>
        <source>A picture whose look is taken; can be given several times if the model knows that.</source>
        <translation>見た目を借りる画像。モデルが対応していれば複数指定できます。</translation>
    </message>
    <message>
        <source>Of changing a base clip without control: 0 keeps it, 1 ignores it.</source>
        <translation>制御なしでベースクリップを変える強さ: 0 はそのまま、1 は無視。</translation>
    </message>
    <message>
        <source>Size of the film in pixels (default: the model&apos;s).</source>
        <translation>動画のサイズ、ピクセル単位 (既定: モデルのもの)。</translation>
    </message>
    <message>
        <source>Length in seconds (default: the model&apos;s, or the base clip&apos;s if that is shorter).</source>
        <translation>長さ、秒単位 (既定: モデルのもの。ベースクリップが短ければその長さ)。</translation>
    </message>
    <message>
        <source>Length in frames, in place of --duration.</source>
        <translation>長さ、フレーム数。--duration の代わり。</translation>
    </message>
    <message>
        <source>Frames a second: 24, 23.976 or 24000/1001 (default: the model&apos;s).</source>
        <translation>毎秒のフレーム数: 24、23.976、24000/1001 (既定: モデルのもの)。</translation>
    </message>
    <message>
        <source>The same seed gives the same film (default: by chance).</source>
        <translation>同じシードなら同じ動画になります (既定: ランダム)。</translation>
    </message>
    <message>
        <source>Denoising steps (default: the model&apos;s).</source>
        <translation>ノイズ除去のステップ数 (既定: モデルのもの)。</translation>
    </message>
    <message>
        <source>How strictly the prompt is followed (default: the model&apos;s).</source>
        <translation>プロンプトにどれだけ忠実に従うか (既定: モデルのもの)。</translation>
    </message>
    <message>
        <source>How many, with seeds one after another; the files get -1, -2 and so on.</source>
        <translation>いくつ作るか。シードは連番、ファイル名に -1、-2… が付きます。</translation>
    </message>
    <message>
        <source>Where to? -o OUT is missing.</source>
        <translation>書き込み先は? -o OUT がありません。</translation>
    </message>
    <message>
        <source>a second and a text, such as 1.5=the sun goes down</source>
        <translation>秒とテキスト (例: 1.5=the sun goes down)</translation>
    </message>
    <message>
        <source>a frame and a picture, such as 12=lake.png</source>
        <translation>フレームと画像 (例: 12=lake.png)</translation>
    </message>
    <message>
        <source>a size and a corner in pixels, such as 128x72+48+28</source>
        <translation>ピクセル単位の大きさと角の位置 (例: 128x72+48+28)</translation>
    </message>
    <message>
        <source>frames from the first to the one after the last, such as 12-24</source>
        <translation>最初のフレームから最後の次のフレームまで (例: 12-24)</translation>
    </message>
    <message>
        <source>What is to be seen from that second on; can be given several times.</source>
        <translation>その秒以降に見えるもの。複数回指定できます。</translation>
    </message>
    <message>
        <source>Frames over which one prompt gives way to the next (default: 4).</source>
        <translation>プロンプトが次へ移り変わるフレーム数 (既定: 4)。</translation>
    </message>
    <message>
        <source>A clip to follow (see --control), to change (see --strength) or to keep in part (see --mask, --place and --retake).</source>
        <translation>追従する (--control)、変える (--strength)、または一部を残す (--mask、--place、--retake) クリップ。</translation>
    </message>
    <message>
        <source>A still to arrive at: the last frame.</source>
        <translation>行き着く静止画: 最後のフレーム。</translation>
    </message>
    <message>
        <source>A picture that a frame is to be, counted from 0; can be given several times.</source>
        <translation>あるフレーム (0 から数える) になる画像。複数回指定できます。</translation>
    </message>
    <message>
        <source>A clip to go on from; the film holds only what is new.</source>
        <translation>続きの起点になるクリップ。出力は新しい部分だけです。</translation>
    </message>
    <message>
        <source>A clip to lead to.</source>
        <translation>つなげる先のクリップ。</translation>
    </message>
    <message>
        <source>Seconds of --before and --after that the model sees (default: 0.75).</source>
        <translation>モデルが見る --before と --after の秒数 (既定: 0.75)。</translation>
    </message>
    <message>
        <source>A picture or clip, white where the base clip is made anew.</source>
        <translation>元のクリップを作り直す部分が白い画像またはクリップ。</translation>
    </message>
    <message>
        <source>Where the base clip lies in a larger film; around it is made.</source>
        <translation>大きな映像の中での元のクリップの位置。周囲が生成されます。</translation>
    </message>
    <message>
        <source>Frames of the base clip that are made anew; B is the first one after them.</source>
        <translation>作り直す元のクリップのフレーム。B はその次のフレームです。</translation>
    </message>
    <message>
        <source>What of the base clip is followed: none, edges, luma, blur; depth or guide where it is a clip of depth or of any other guidance already (default: luma; none when --strength is given).</source>
        <translation>元のクリップの何に追従するか: none、edges、luma、blur。クリップ自体が深度やその他のガイドなら depth または guide (既定: luma、--strength があれば none)。</translation>
    </message>
    <message>
        <source>Who keeps given pictures: model (refused where it has not learnt it), blend (put back after every step) or auto (default).</source>
        <translation>与えた画像を誰が保つか: model (学習していなければ拒否)、blend (各ステップ後に戻す)、auto (既定)。</translation>
    </message>
    <message>
        <source>Name of a model, a model folder, or the file of a transformer.</source>
        <translation>モデルの名前、モデルのフォルダー、またはトランスフォーマーのファイル。</translation>
    </message>
    <message>
        <source>A LoRA and its strength, which may change over the run: look.safetensors=1@0,0.2@1; can be given several times.</source>
        <translation>LoRA とその強さ。途中で変えられます: look.safetensors=1@0,0.2@1。複数回指定できます。</translation>
    </message>
    <message>
        <source>euler, unipc, unipc-official or distilled (default: the model&apos;s).</source>
        <translation>euler、unipc、unipc-official、distilled (既定: モデルのもの)。</translation>
    </message>
    <message>
        <source>Sampling values as published: size (shift by picture size), or for few-step models fastwan, fastwan-5b, causvid, lightx2v, self-forcing, lightning.</source>
        <translation>公開されたサンプリング値: size (画像の大きさによるシフト)、少ステップのモデルには fastwan、fastwan-5b、causvid、lightx2v、self-forcing、lightning。</translation>
    </message>
    <message>
        <source>Shift of the noise schedule (default: the model&apos;s).</source>
        <translation>ノイズスケジュールのシフト (既定: モデルのもの)。</translation>
    </message>
    <message>
        <source>Part of the run from which guidance counts, 0 to 1.</source>
        <translation>ガイダンスが効き始める位置、0 から 1。</translation>
    </message>
    <message>
        <source>And to which it counts, 0 to 1.</source>
        <translation>ガイダンスが効き終わる位置、0 から 1。</translation>
    </message>
    <message>
        <source>With --zero-star, share of the first steps that is left out, 0 to 1.</source>
        <translation>--zero-star で省く最初のステップの割合、0 から 1。</translation>
    </message>
    <message>
        <source>What is taken over from step to step: none, auto, easy or first-block (default: none).</source>
        <translation>ステップ間で引き継ぐもの: none、auto、easy、first-block (既定: none)。</translation>
    </message>
    <message>
        <source>Frames of the pieces that a long shot is made in; 0: all at once (default: the model&apos;s).</source>
        <translation>長いショットを分けて作るフレーム数。0 は一度に全部 (既定: モデルのもの)。</translation>
    </message>
    <message>
        <source>Frames that two pieces share (default: 16).</source>
        <translation>隣り合う部分が共有するフレーム数 (既定: 16)。</translation>
    </message>
    <message>
        <source>Keep the state after every step in this folder, to branch from.</source>
        <translation>各ステップ後の状態をこのフォルダーに残し、分岐に使います。</translation>
    </message>
    <message>
        <source>Go on from a kept state, with this prompt.</source>
        <translation>残した状態から、このプロンプトで続けます。</translation>
    </message>
    <message>
        <source>Generates a shot from a prompt, and from clips, stills and style pictures if given.
The result has exactly the size, length and rate that are asked for. What a model knows: fantascope models. What it would take: --plan.</source>
        <translation>プロンプトと、指定があればクリップ・静止画・スタイル画像からショットを生成します。
結果は指定した大きさ・長さ・フレームレートになります。モデルにできること: fantascope models。必要なもの: --plan。</translation>
    </message>
    <message>
        <source>Make nothing: say what memory and time it would take.</source>
        <translation>何も作らず、必要なメモリーと時間を表示します。</translation>
    </message>
    <message>
        <source>Guidance by CFG-Zero*.</source>
        <translation>CFG-Zero* によるガイダンス。</translation>
    </message>
    <message>
        <source>Also when it is predicted not to fit into the memory.</source>
        <translation>メモリーに収まらないと予測されても実行します。</translation>
    </message>
</context>
<context>
    <name>JobFailure</name>
    <message>
        <source>A file that the worker was reading became shorter, or its disk went away: was a model file changed in the middle of the job? The project and all takes are as they were.</source>
        <translation>ワーカーが読んでいたファイルが短くなったか、そのディスクが見えなくなりました。ジョブの途中でモデルのファイルが変更されていませんか。プロジェクトとテイクはそのままです。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>The model folder was not found. Choose another model for the shot.</source>
        <translation>モデルのフォルダーが見つかりません。ショットに別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>The model&apos;s files are damaged or not of a kind this version knows. Choose another model, or fetch this one again.</source>
        <translation>モデルのファイルが壊れているか、このバージョンが知らない種類です。別のモデルを選ぶか、もう一度取得してください。</translation>
    </message>
    <message>
        <source>The model was not trained for this combination of inputs. Take an input away, or choose another model.</source>
        <translation>モデルはこの入力の組み合わせを学習していません。入力を減らすか、別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>An input of the shot could not be used.</source>
        <translation>ショットの入力を使用できませんでした。</translation>
    </message>
    <message>
        <source>The worker did not understand the request. Check the shot&apos;s settings.</source>
        <translation>ワーカーがリクエストを理解できませんでした。ショットの設定を確認してください。</translation>
    </message>
    <message>
        <source>The machine has too little memory for this shot. Make it shorter, or the model&apos;s frame smaller.</source>
        <translation>このショットにはメモリが足りません。短くするか、モデルのフレームを小さくしてください。</translation>
    </message>
    <message>
        <source>The calculation went astray (numbers that are none). Try another seed, less guidance or another sampler.</source>
        <translation>計算が破綻しました (非数)。別のシード、弱いガイダンス、または別のサンプラーを試してください。</translation>
    </message>
    <message>
        <source>The worker could not write its result. Is the disk of the cache folder full?</source>
        <translation>ワーカーが結果を書き込めませんでした。キャッシュフォルダーのディスクに空きはありますか?</translation>
    </message>
    <message>
        <source>The worker reported an error.</source>
        <translation>ワーカーがエラーを報告しました。</translation>
    </message>
    <message>
        <source>The worker did not say who it is, and was ended.</source>
        <translation>ワーカーが名乗らなかったため終了しました。</translation>
    </message>
    <message>
        <source>The worker is of another version of Fantascope. Install both from one version.</source>
        <translation>ワーカーが別のバージョンの Fantascope のものです。同じバージョンで揃えてください。</translation>
    </message>
    <message>
        <source>The worker wrote what is not its protocol, and was ended.</source>
        <translation>ワーカーがプロトコル外の出力をしたため終了しました。</translation>
    </message>
    <message>
        <source>The worker program could not be started. Is fantascope-worker installed beside fantascope?</source>
        <translation>ワーカーを起動できませんでした。fantascope-worker は fantascope と同じ場所にありますか?</translation>
    </message>
    <message>
        <source>The worker was ended by signal %1 in the middle of the job. The project and all takes are as they were; the next job starts a new worker.</source>
        <translation>ワーカーがジョブの途中でシグナル %1 により終了しました。プロジェクトとテイクはそのままです。次のジョブで新しいワーカーを起動します。</translation>
    </message>
    <message>
        <source>The worker ended with code %1 in the middle of the job. The project and all takes are as they were; the next job starts a new worker.</source>
        <translation>ワーカーがジョブの途中でコード %1 で終了しました。プロジェクトとテイクはそのままです。次のジョブで新しいワーカーを起動します。</translation>
    </message>
    <message>
        <source>The shot is predicted to need more memory than is free. Close other programs, make it shorter or smaller, or try it anyway.</source>
        <translation>空きより多くのメモリーが必要と予測されます。他のプログラムを閉じるか、短く・小さくするか、それでも試してください。</translation>
    </message>
</context>
<context>
    <name>JobNotice</name>
    <message>
        <source>The prompt has %1 tokens, and this model reads %2: the end of the prompt had no effect.</source>
        <translation>プロンプトは %1 トークンですが、このモデルが読むのは %2 までです。プロンプトの終わりは反映されていません。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 was taken for the first, noisy part of the run: its name says so.</source>
        <translation>%1 は名前により、前半 (ノイズの多い部分) 用としました。</translation>
    </message>
    <message>
        <source>%1 was taken for the last part of the run: its name says so.</source>
        <translation>%1 は名前により、後半用としました。</translation>
    </message>
    <message>
        <source>The LoRA %1 is made for another model and changes nothing.</source>
        <translation>LoRA %1 は別のモデル用で、何も変わりません。</translation>
    </message>
    <message>
        <source>Some of the LoRA %1 is made for another model: %2 parts have no effect.</source>
        <translation>LoRA %1 の一部は別のモデル用です: %2 個の部分は効きません。</translation>
    </message>
    <message>
        <source>The job went on after step %1, which was kept.</source>
        <translation>保存されていたステップ %1 の後から続けました。</translation>
    </message>
    <message>
        <source>Memory ran out: the job goes on in a way that needs less, and takes longer (%1).</source>
        <translation>メモリが尽きました。少ないメモリで済む方法で続けます。時間は長くかかります (%1)。</translation>
    </message>
    <message>
        <source>Numbers overflowed: the job is done once more with greater precision (%1).</source>
        <translation>数値があふれたため、より高い精度で最初からやり直します (%1)。</translation>
    </message>
    <message>
        <source>The worker noted: %1 (%2)</source>
        <translation>ワーカーからの知らせ: %1 (%2)</translation>
    </message>
</context>
<context>
    <name>LookFailure</name>
    <message>
        <source>The training is predicted to need %1, more than is free. Close other programs, take a smaller model, or --try-anyway.</source>
        <translation>学習には %1 が必要と見込まれ、空きが足りません。ほかのプログラムを閉じるか、小さなモデルを選ぶか、--try-anyway を付けてください。</translation>
    </message>
    <message>
        <source>%1 holds what a training with other clips, captions or settings had learnt when it was interrupted. The command it was begun with goes on there. To begin anew, remove that folder or choose another file with -o.</source>
        <translation>%1 には、別のクリップ、説明文または設定での学習が中断されたときの成果があります。その学習を始めたときのコマンドで続けられます。新しく始めるには、このフォルダーを削除するか、-o で別のファイルを選んでください。</translation>
    </message>
    <message>
        <source>Looks cannot be trained for models that are always told a picture (image to video): %1.</source>
        <translation>常に画像を与えられるモデル（画像から動画）ではルックを学習できません: %1</translation>
    </message>
    <message>
        <source>The model&apos;s files are damaged or not of a kind this version knows: %1.</source>
        <translation>モデルのファイルが壊れているか、このバージョンの知らない種類です: %1</translation>
    </message>
    <message>
        <source>The worker cannot learn from a clip, or from these settings: %1.</source>
        <translation>ワーカーはこのクリップまたは設定では学習できません: %1</translation>
    </message>
    <message>
        <source>The look, or what was learnt so far, could not be written: %1.</source>
        <translation>ルック、またはこれまでの学習の成果を書き込めませんでした: %1</translation>
    </message>
    <message>
        <source>Memory ran out. Close other programs, take a lower --rank or a smaller model (%1).</source>
        <translation>メモリが足りなくなりました。ほかのプログラムを閉じるか、--rank を下げるか、小さなモデルを選んでください (%1)。</translation>
    </message>
    <message>
        <source>The training failed: %1.</source>
        <translation>学習に失敗しました: %1</translation>
    </message>
    <message>
        <source>The worker was ended by signal %1.</source>
        <translation>ワーカーはシグナル %1 で終了しました。</translation>
    </message>
    <message>
        <source>The worker ended with code %1.</source>
        <translation>ワーカーはコード %1 で終了しました。</translation>
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
        <translation>生成しています</translation>
    </message>
    <message>
        <source>Generating take %1</source>
        <translation>テイク %1 を生成しています</translation>
    </message>
    <message>
        <source>The result is written as .mp4, .mkv or .png files, or into a folder: %1 is none of them.</source>
        <translation>結果は .mp4・.mkv・.png ファイル、またはフォルダーに書き込みます: %1 はどれでもありません。</translation>
    </message>
    <message>
        <source>The folder %1 does not exist.</source>
        <translation>フォルダー %1 はありません。</translation>
    </message>
    <message>
        <source>The name of numbered pictures holds one number: %1 has several.</source>
        <translation>連番画像の名前に入る番号は 1 つです: %1 には複数あります。</translation>
    </message>
    <message>
        <source>Nothing can be written to %1.</source>
        <translation>%1 には書き込めません。</translation>
    </message>
    <message>
        <source>%1 is what the shot is made of: choose another name for the result.</source>
        <translation>%1 はショットの素材です。結果には別の名前を選んでください。</translation>
    </message>
    <message>
        <source>The states could not be written to %1.</source>
        <translation>状態を %1 に書き込めませんでした。</translation>
    </message>
</context>
<context>
    <name>ModelInfo</name>
    <message>
        <source>%1 is not a model folder: it has no model_index.json.</source>
        <translation>%1 はモデルフォルダーではありません: model_index.json がありません。</translation>
    </message>
    <message>
        <source>%1 cannot be read, or is larger than a model&apos;s description can be.</source>
        <translation>%1 を読み込めないか、モデルの記述としては大きすぎます。</translation>
    </message>
    <message>
        <source>%1 does not say for which sizes and inputs the model was trained (&quot;fantascope&quot;).</source>
        <translation>%1 に、学習したサイズと入力の記述 (「fantascope」) がありません。</translation>
    </message>
    <message>
        <source>%1 is damaged or not a model&apos;s description (%2).</source>
        <translation>%1 は壊れているか、モデルの記述ではありません (%2)。</translation>
    </message>
</context>
<context>
    <name>ModelsCommand</name>
    <message>
        <source>%1: cannot be used. %2</source>
        <translation>%1: 使用できません。%2</translation>
    </message>
    <message>
        <source>%1: %2, %3x%4, %5 frames at %6 a second, %7 steps, licence %8</source>
        <translation>%1: %2、%3x%4、%5 フレーム、毎秒 %6、%7 ステップ、ライセンス %8</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>  inputs: %1</source>
        <translation>  入力: %1</translation>
    </message>
    <message>
        <source>  folder: %1</source>
        <translation>  フォルダー: %1</translation>
    </message>
    <message>
        <source>There is no model in %1.</source>
        <translation>%1 にモデルはありません。</translation>
    </message>
    <message>
        <source> or </source>
        <translation>・</translation>
    </message>
    <message>
        <source>Lists the models that generate, and the LoRAs beside them.
A models folder holds model folders (in the published layout, or with loose files of a transformer, a text encoder and a VAE), other tools&apos; folders such as diffusion_models, vae and text_encoders, and a folder loras.</source>
        <translation>生成に使うモデルと、そばにある LoRA を一覧します。
モデルのフォルダーには、モデルのフォルダー (公開された構成、またはトランスフォーマー・テキストエンコーダー・VAE の個別ファイル)、diffusion_models・vae・text_encoders など他のツールのフォルダー、loras フォルダーを置けます。</translation>
    </message>
    <message>
        <source>Only what is in this folder.</source>
        <translation>このフォルダーの中だけ。</translation>
    </message>
    <message>
        <source>The folder %1 does not exist.</source>
        <translation>フォルダー %1 がありません。</translation>
    </message>
    <message>
        <source>LoRA %1</source>
        <translation>LoRA %1</translation>
    </message>
    <message>
        <source>  file: %1</source>
        <translation>  ファイル: %1</translation>
    </message>
</context>
<context>
    <name>OptionReader</name>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>%1 から %2 までの整数</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>%1 から %2 までの数</translation>
    </message>
    <message>
        <source>frames a second, such as 24, 23.976 or 24000/1001</source>
        <translation>毎秒のフレーム数 (24、23.976、24000/1001 など)</translation>
    </message>
    <message>
        <source>--%1 takes %2, not &quot;%3&quot;.</source>
        <translation>--%1 に指定できるのは %2 で、「%3」ではありません。</translation>
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
        <translation>ショット</translation>
    </message>
    <message>
        <source>Empty prompt</source>
        <translation>空のプロンプト</translation>
    </message>
    <message>
        <source>%1 · waiting</source>
        <comment>shot&apos;s name</comment>
        <translation>%1 · 待機中</translation>
    </message>
    <message>
        <source>%1 · running</source>
        <comment>shot&apos;s name</comment>
        <translation>%1 · 実行中</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <comment>shot&apos;s name, progress</comment>
        <translation>%1 · %2 %</translation>
    </message>
    <message>
        <source>%1 · failed</source>
        <comment>shot&apos;s name</comment>
        <translation>%1 · 失敗</translation>
    </message>
    <message>
        <source>%1 · stale</source>
        <comment>shot&apos;s name</comment>
        <translation>%1 · 要更新</translation>
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
        <translation>キャンセルしました。</translation>
    </message>
    <message>
        <source>Result: %1x%2, %3 frames</source>
        <translation>結果: %1x%2、%3 フレーム</translation>
    </message>
    <message>
        <source>Made in %1 pieces that overlap</source>
        <translation>重なり合う %1 個に分けて作成</translation>
    </message>
    <message>
        <source>Memory: %1 of %2 that are free</source>
        <translation>メモリー: 空き %2 のうち %1</translation>
    </message>
    <message>
        <source>Memory of the card: %1 of %2 that are free</source>
        <translation>カードのメモリー: 空き %2 のうち %1</translation>
    </message>
    <message>
        <source>Time: not known on this machine yet</source>
        <translation>時間: このマシンではまだ不明</translation>
    </message>
    <message>
        <source>Time: %1</source>
        <translation>時間: %1</translation>
    </message>
    <message>
        <source>It fits.</source>
        <translation>収まります。</translation>
    </message>
    <message>
        <source>It does not fit: it needs %1. --try-anyway tries it all the same.</source>
        <translation>収まりません。%1 必要です。--try-anyway でそれでも試します。</translation>
    </message>
</context>
<context>
    <name>ProbeCommand</name>
    <message>
        <source>%1: %2, %3, %4 s</source>
        <translation>%1: %2、%3、%4 秒</translation>
    </message>
    <message>
        <source>  picture: %1, %2x%3, %4 frames a second, %5 frames, %6</source>
        <translation>  映像: %1、%2x%3、毎秒 %4 フレーム、%5 フレーム、%6</translation>
    </message>
    <message>
        <source>, variable rate</source>
        <translation>、可変レート</translation>
    </message>
    <message>
        <source>, colour guessed</source>
        <translation>、色は推定</translation>
    </message>
    <message>
        <source>, turned by %1 degrees</source>
        <translation>、%1 度回転</translation>
    </message>
    <message>
        <source>  sound: %1, %2 Hz, %3</source>
        <translation>  音声: %1、%2 Hz、%3</translation>
    </message>
    <message>
        <source>  damaged: shorter than it says, or with errors in it</source>
        <translation>  破損: 記載より短いか、エラーを含みます</translation>
    </message>
    <message>
        <source>  the file&apos;s name says another format than its content</source>
        <translation>  ファイル名の示す形式と内容が異なります</translation>
    </message>
    <message>
        <source>Says what is in media files.</source>
        <translation>メディアファイルの内容を表示します。</translation>
    </message>
    <message>
        <source>Film, still, sound, or image sequence (frame.%04d.exr).</source>
        <translation>動画・静止画・音声・連番画像 (frame.%04d.exr)。</translation>
    </message>
    <message>
        <source>Which file?</source>
        <translation>どのファイルですか?</translation>
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
        <translation>、%1 %</translation>
    </message>
    <message>
        <source>, %1</source>
        <translation>、%1</translation>
    </message>
</context>
<context>
    <name>ProjectFile</name>
    <message>
        <source>The film ends before that: it is %1 long, %2 frames.</source>
        <translation>フィルムはその前に終わります: 長さは %1、%2 フレームです。</translation>
    </message>
</context>
<context>
    <name>ProjectFileDialogs</name>
    <message>
        <source>Projects (*.otio)</source>
        <translation>プロジェクト (*.otio)</translation>
    </message>
    <message>
        <source>Open Project</source>
        <translation>プロジェクトを開く</translation>
    </message>
    <message>
        <source>Save Project As</source>
        <translation>名前を付けてプロジェクトを保存</translation>
    </message>
</context>
<context>
    <name>ReadSettings</name>
    <message>
        <source>one of %1</source>
        <translation>%1 のいずれか</translation>
    </message>
    <message>
        <source>a file with a strength from -100 to 100, such as look.safetensors=0.8 or, over the run, look.safetensors=1@0,0.2@1</source>
        <translation>-100 から 100 の強さ付きのファイル (例: look.safetensors=0.8、途中で変えるなら look.safetensors=1@0,0.2@1)</translation>
    </message>
    <message>
        <source>a part of the run that is not before guidance-from</source>
        <translation>guidance-from より前でない位置</translation>
    </message>
</context>
<context>
    <name>RenderCommand</name>
    <message>
        <source>Exports a project as a film.</source>
        <translation>プロジェクトを動画として書き出します。</translation>
    </message>
    <message>
        <source>The project.</source>
        <translation>プロジェクト。</translation>
    </message>
    <message>
        <source>The film to write.</source>
        <translation>書き出す動画。</translation>
    </message>
    <message>
        <source>Only from A up to B (not included): timecodes or frames.</source>
        <translation>A から B の手前まで: タイムコードまたはフレーム。</translation>
    </message>
    <message>
        <source>What draws: auto, cpu or vulkan.</source>
        <translation>描画方法: auto、cpu、vulkan。</translation>
    </message>
    <message>
        <source>How to write it: %1. By default h264, and lossless for .mkv.</source>
        <translation>書き出し方: %1。既定は h264、.mkv では lossless。</translation>
    </message>
    <message>
        <source>One project and -o OUT are needed.</source>
        <translation>プロジェクト 1 つと -o OUT が必要です。</translation>
    </message>
    <message>
        <source>There is no compositor &quot;%1&quot;: auto, cpu or vulkan.</source>
        <translation>コンポジター「%1」はありません: auto、cpu、vulkan。</translation>
    </message>
    <message>
        <source>There is no preset &quot;%1&quot;: %2.</source>
        <translation>プリセット「%1」はありません: %2。</translation>
    </message>
    <message>
        <source>The preset %1 writes .%2 files.</source>
        <translation>プリセット %1 は .%2 ファイルを書き出します。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no range of timecodes or frames.</source>
        <translation>「%1」はタイムコードやフレームの範囲ではありません。</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>%1 of %2, %3</source>
        <translation>%1 / %2、%3</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>キャンセルしました。</translation>
    </message>
    <message>
        <source>Exporting %1</source>
        <translation>%1 を書き出しています</translation>
    </message>
    <message>
        <source>Warning: %1</source>
        <translation>警告: %1</translation>
    </message>
    <message>
        <source>Writing frames</source>
        <translation>フレームを書き込んでいます</translation>
    </message>
</context>
<context>
    <name>ShotPlan</name>
    <message>
        <source>a still as first frame</source>
        <translation>最初のフレームとなる静止画</translation>
    </message>
    <message>
        <source>the edges of a base clip</source>
        <translation>ベースクリップの輪郭</translation>
    </message>
    <message>
        <source>the brightness of a base clip</source>
        <translation>ベースクリップの明るさ</translation>
    </message>
    <message>
        <source>a style picture</source>
        <translation>スタイル画像</translation>
    </message>
    <message>
        <source> with </source>
        <translation> と</translation>
    </message>
    <message>
        <source>text alone</source>
        <translation>テキストのみ</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>The model %1 was not trained for %2. It knows: %3.</source>
        <translation>モデル %1 は %2 を学習していません。対応: %3。</translation>
    </message>
    <message>
        <source>a still as last frame</source>
        <translation>最後のフレームの静止画</translation>
    </message>
    <message>
        <source>pictures in the middle</source>
        <translation>途中の画像</translation>
    </message>
    <message>
        <source>film before it to go on from</source>
        <translation>続きの起点になる前の映像</translation>
    </message>
    <message>
        <source>film after it to lead to</source>
        <translation>つなげる先の後の映像</translation>
    </message>
    <message>
        <source>film before and after it</source>
        <translation>前後の映像</translation>
    </message>
    <message>
        <source>a base clip out of focus</source>
        <translation>ぼかした元のクリップ</translation>
    </message>
    <message>
        <source>a depth clip</source>
        <translation>深度クリップ</translation>
    </message>
    <message>
        <source>a guide clip</source>
        <translation>ガイドクリップ</translation>
    </message>
    <message>
        <source>a mask</source>
        <translation>マスク</translation>
    </message>
    <message>
        <source>a picture to go on around</source>
        <translation>周囲へ広げる画像</translation>
    </message>
    <message>
        <source>a part of a clip made anew</source>
        <translation>クリップの一部の作り直し</translation>
    </message>
    <message>
        <source>every combination</source>
        <translation>すべての組み合わせ</translation>
    </message>
    <message>
        <source>All of the shot is there already: nothing is left to be made.</source>
        <translation>ショットはすべてすでにあります。作るものが残っていません。</translation>
    </message>
    <message>
        <source>The model %1 was not trained to go on from given pictures. They are blended in at every step, and the join may show.</source>
        <translation>モデル %1 は与えた画像からの続きを学習していません。各ステップで混ぜ込むので、つなぎ目が見えることがあります。</translation>
    </message>
    <message>
        <source>Under a mask what lies below is kept where the mask is black: it cannot be a depth or guide clip as well. Choose another under Follow, or take the mask away.</source>
        <translation>マスクがあると、マスクの黒い部分では下にある映像がそのまま残ります。同時に深度クリップやガイドクリップにはできません。「追従」で別のものを選ぶか、マスクを外してください。</translation>
    </message>
    <message>
        <source>The mask over the shot does not count: nothing lies below that could be kept.</source>
        <translation>ショットの上のマスクは無視されます。下に残すものがありません。</translation>
    </message>
    <message>
        <source>The model %1 was not trained to keep parts of a picture. They are blended in at every step, and the edge may show.</source>
        <translation>モデル %1 は画像の一部を残すようには学習されていません。残す部分は各ステップで合成されるため、境目が見えることがあります。</translation>
    </message>
</context>
<context>
    <name>ShotTarget</name>
    <message>
        <source>Video %1</source>
        <translation>ビデオ %1</translation>
    </message>
    <message>
        <source>Shot %1</source>
        <translation>ショット %1</translation>
    </message>
</context>
<context>
    <name>Sketch</name>
    <message>
        <source>frame %1 is taken, or outside the shot</source>
        <translation>フレーム %1 は使用済みか、ショットの外です</translation>
    </message>
</context>
<context>
    <name>SketchProblem</name>
    <message>
        <source>%1 says how a base clip is used: it needs %2.</source>
        <translation>%1 はベースクリップの使い方を決めるもので、%2 が必要です。</translation>
    </message>
    <message>
        <source>%1 and %2 exclude each other: what lies below a shot is a clip or a still.</source>
        <translation>%1 と %2 は同時に指定できません: ショットの下にあるのはクリップか静止画です。</translation>
    </message>
    <message>
        <source>%1 and %2 say what single frames are: with %3 all of them are something already.</source>
        <translation>%1 と %2 は個々のフレームを決めます。%3 ではすべて決まっています。</translation>
    </message>
    <message>
        <source>%1 and %2 are clips that the shot lies between: with %3 it is laid over one.</source>
        <translation>%1 と %2 はショットの前後のクリップです。%3 ではショットはクリップの上に置かれます。</translation>
    </message>
    <message>
        <source>%1 has no effect where something of the base clip is followed: set %2 to none, or leave it out.</source>
        <translation>ベースクリップに従うとき %1 は効きません。%2 を none にするか、%1 を外してください。</translation>
    </message>
    <message>
        <source>%1 and %2 exclude each other.</source>
        <translation>%1 と %2 は同時に指定できません。</translation>
    </message>
    <message>
        <source>%1 says how much of %2 and %3 is seen: it needs one of them.</source>
        <translation>%1 は %2 と %3 の見る長さです。どちらかが必要です。</translation>
    </message>
    <message>
        <source>%1 belongs to %2.</source>
        <translation>%1 は %2 と一緒に使います。</translation>
    </message>
    <message>
        <source>Nothing to generate from: give %1, %2, %3 or %4.</source>
        <translation>生成の元がありません: %1、%2、%3、%4 のいずれかを指定してください。</translation>
    </message>
    <message>
        <source>The base clip&apos;s place, %1x%2 pixels from %3, %4 on, sticks out of the film, which has %5x%6.</source>
        <translation>ベースクリップの場所 (%3, %4 から %1x%2 ピクセル) が映像 (%5x%6) からはみ出しています。</translation>
    </message>
    <message>
        <source>Frames %1-%2 cannot be made anew: the shot has %3.</source>
        <translation>フレーム %1-%2 は作り直せません: ショットは %3 フレームです。</translation>
    </message>
    <message>
        <source>The prompt at %1 s would never be seen: the shot is over after %2 s.</source>
        <translation>%1 秒のプロンプトは現れません: ショットは %2 秒で終わります。</translation>
    </message>
    <message>
        <source>%1 keeps a part of the base clip: with %2 it is nothing but a guide. Leave one of them out.</source>
        <translation>%1 は元のクリップの一部を残しますが、%2 を指定するとクリップはガイドになります。どちらか一方だけを指定してください。</translation>
    </message>
</context>
<context>
    <name>SpokenItem</name>
    <message>
        <source>no take yet</source>
        <translation>テイクなし</translation>
    </message>
    <message>
        <source>none of %1 takes</source>
        <translation>%1 テイクのうち選択なし</translation>
    </message>
    <message>
        <source>take %1 of %2</source>
        <translation>テイク %1/%2</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>実行中</translation>
    </message>
    <message>
        <source>running, %1 %</source>
        <translation>実行中、%1 %</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>要更新</translation>
    </message>
    <message>
        <source>Transition</source>
        <translation>トランジション</translation>
    </message>
    <message>
        <source>Clip without a name</source>
        <translation>名前のないクリップ</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>ギャップ</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>無効</translation>
    </message>
    <message>
        <source>On track %1, from %2 to %3</source>
        <translation>トラック %1、%2 から %3 まで</translation>
    </message>
</context>
<context>
    <name>TaskCommand</name>
    <message>
        <source>The task document.</source>
        <translation>タスク文書。</translation>
    </message>
    <message>
        <source>The film to write: .mp4, .mkv, .png (numbered) or a folder for PNG files.</source>
        <translation>書き出す動画: .mp4、.mkv、.png (連番)、または PNG を入れるフォルダー。</translation>
    </message>
    <message>
        <source>One task document and -o OUT are needed.</source>
        <translation>タスク文書 1 つと -o OUT が必要です。</translation>
    </message>
    <message>
        <source>%1 cannot be read, or is larger than a task can be.</source>
        <translation>%1 を読み込めないか、タスクとしては大きすぎます。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Warning: the task&apos;s field &quot;%1&quot; is not known and was ignored.</source>
        <translation>警告: タスクのフィールド「%1」は未知のため無視しました。</translation>
    </message>
    <message>
        <source>Runs a task document (JSON).
Its fields: task_type text-to-video, image-to-video, video-to-video, extend-video, bridge-videos, retake-video, inpaint-video or outpaint-video; input with prompt, negative_prompt, prompts (at_seconds, prompt), image_url, last_image_url, known_images (frame, image_url), video_url, before_video_url, after_video_url, mask_url, place, retake and style_image_url; model_id; settings with the options of generate (seed, steps, control, lora and so on, _ in place of -); output_settings with duration_seconds, resolution, fps and takes.
Urls are paths (relative to the document) or file: URLs.</source>
        <translation>タスク文書 (JSON) を実行します。
フィールド: task_type は text-to-video、image-to-video、video-to-video、extend-video、bridge-videos、retake-video、inpaint-video、outpaint-video。input は prompt、negative_prompt、prompts (at_seconds、prompt)、image_url、last_image_url、known_images (frame、image_url)、video_url、before_video_url、after_video_url、mask_url、place、retake、style_image_url。model_id。settings は generate のオプション (seed、steps、control、lora など、- の代わりに _)。output_settings は duration_seconds、resolution、fps、takes。
URL は (文書からの) パスか file: URL です。</translation>
    </message>
    <message>
        <source>Make nothing: say what memory and time it would take.</source>
        <translation>何も作らず、必要なメモリーと時間を表示します。</translation>
    </message>
</context>
<context>
    <name>TaskDocument</name>
    <message>
        <source>is missing</source>
        <translation>がありません</translation>
    </message>
    <message>
        <source>has to be a text</source>
        <translation>は文字列でなければなりません</translation>
    </message>
    <message>
        <source>has to be a number from %1 to %2</source>
        <translation>は %1 から %2 までの数でなければなりません</translation>
    </message>
    <message>
        <source>has to be an object</source>
        <translation>はオブジェクトでなければなりません</translation>
    </message>
    <message>
        <source>The task&apos;s field &quot;%1&quot; %2.</source>
        <translation>タスクの項目「%1」%2。</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>が空です</translation>
    </message>
    <message>
        <source>names &quot;%1&quot;: only files of this machine can be used, nothing is fetched from a network</source>
        <translation>に「%1」とあります: このコンピューターのファイルだけを使え、ネットワークからは何も取得しません</translation>
    </message>
    <message>
        <source>has to be a size such as &quot;1280x720&quot; or &quot;720p&quot;</source>
        <translation>は「1280x720」や「720p」のようなサイズでなければなりません</translation>
    </message>
    <message>
        <source>The task is not JSON: %1, at byte %2.</source>
        <translation>タスクが JSON ではありません: %1、%2 バイト目。</translation>
    </message>
    <message>
        <source>The task has to be a JSON object.</source>
        <translation>タスクは JSON オブジェクトでなければなりません。</translation>
    </message>
    <message>
        <source>does not belong to a %1 task</source>
        <translation>は %1 タスクのものではありません</translation>
    </message>
    <message>
        <source>has to be a text or a list of texts</source>
        <translation>はテキストかテキストのリストでなければなりません</translation>
    </message>
    <message>
        <source>has to be true or false</source>
        <translation>は true か false でなければなりません</translation>
    </message>
    <message>
        <source>has to be a whole number</source>
        <translation>は整数でなければなりません</translation>
    </message>
    <message>
        <source>has to be %1</source>
        <translation>は %1 でなければなりません</translation>
    </message>
    <message>
        <source>has to be a list of objects</source>
        <translation>はオブジェクトのリストでなければなりません</translation>
    </message>
    <message>
        <source>or after_video_url has to be there, and not both</source>
        <translation>か after_video_url のどちらか一方だけが必要です</translation>
    </message>
    <message>
        <source>a size and a corner in pixels, such as &quot;128x72+48+28&quot;</source>
        <translation>ピクセル単位の大きさと角の位置 (例: &quot;128x72+48+28&quot;)</translation>
    </message>
    <message>
        <source>frames such as &quot;12-24&quot;</source>
        <translation>&quot;12-24&quot; のようなフレーム</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;, and has to be one of %2</source>
        <translation>は &quot;%1&quot; ですが、%2 のいずれかでなければなりません</translation>
    </message>
</context>
<context>
    <name>TimeText</name>
    <message>
        <source>about %1 s left</source>
        <translation>残り約 %1 秒</translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation>残り約 %1 分</translation>
    </message>
    <message>
        <source>about %1 h left</source>
        <translation>残り約 %1 時間</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Split</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>プロンプト</translation>
    </message>
    <message>
        <source>Write Prompt</source>
        <translation>プロンプトを書く</translation>
    </message>
    <message>
        <source>Trim</source>
        <translation>トリム</translation>
    </message>
</context>
<context>
    <name>TrainLook</name>
    <message>
        <source>A look is written as a .safetensors file: %1 is none.</source>
        <translation>ルックは .safetensors ファイルとして書き込まれます: %1 は違います。</translation>
    </message>
    <message>
        <source>Nothing can be written to %1.</source>
        <translation>%1 には書き込めません。</translation>
    </message>
    <message>
        <source>The folder %1 does not exist.</source>
        <translation>フォルダー %1 は存在しません。</translation>
    </message>
    <message>
        <source>%1 is there already: choose another file with -o, or --overwrite it.</source>
        <translation>%1 はすでにあります。-o で別のファイルを選ぶか、--overwrite で置き換えてください。</translation>
    </message>
    <message>
        <source>Encoding the clips</source>
        <translation>クリップをエンコード中</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習中</translation>
    </message>
    <message>
        <source>step %1, loss %2</source>
        <translation>ステップ %1、損失 %2</translation>
    </message>
    <message>
        <source>What was learnt is kept in %1: the same command goes on from there. To begin anew, remove that folder.</source>
        <translation>学習した内容は %1 にあります。同じコマンドでそこから続けられます。新しく始めるには、このフォルダーを削除してください。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>キャンセルしました。</translation>
    </message>
    <message>
        <source>Time: %1 steps; how long one takes is seen on the way</source>
        <translation>時間: %1 ステップ（1 ステップの時間は実行中にわかります）</translation>
    </message>
    <message>
        <source>Time: %1, and what preparing the clips takes</source>
        <translation>時間: %1（クリップの準備は含みません）</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>モデル: %1</translation>
    </message>
    <message>
        <source>Clips: %1, %2 of them stills; %3 stretches of up to %4 frames at %5x%6</source>
        <translation>クリップ: %1（うち静止画 %2）、最大 %4 フレーム、%5x%6 の区間 %3 個</translation>
    </message>
    <message>
        <source>Memory: %1 of %2 that are free</source>
        <translation>メモリー: 空き %2 のうち %1</translation>
    </message>
    <message>
        <source>It fits.</source>
        <translation>収まります。</translation>
    </message>
    <message>
        <source>It does not fit. --try-anyway tries it all the same.</source>
        <translation>収まりません。--try-anyway でそれでも試せます。</translation>
    </message>
    <message>
        <source>Writes: %1</source>
        <translation>書き込み先: %1</translation>
    </message>
    <message>
        <source> and </source>
        <translation> と </translation>
    </message>
    <message>
        <source>Goes on from what an interrupted training left in %1.</source>
        <translation>中断された学習が %1 に残したところから続けます。</translation>
    </message>
    <message>
        <source>Warning: what the look makes repeats %1 nearly frame for frame (%2 of 256 bits of their hashes differ). It was trained for too long, or from too few clips: take more clips, or fewer --minutes.</source>
        <translation>警告: このルックの出力は %1 をほぼそのまま繰り返しています（ハッシュ 256 ビット中 %2 ビットだけが異なります）。学習が長すぎるか、クリップが少なすぎます。クリップを増やすか、--minutes を減らしてください。</translation>
    </message>
    <message>
        <source>Whether the look repeats its clips was not checked.</source>
        <translation>ルックがクリップを繰り返していないかは確認されていません。</translation>
    </message>
    <message>
        <source>Say &quot;%1&quot; in the prompt, with --lora %2.</source>
        <translation>--lora %2 を付け、プロンプトに「%1」と書いてください。</translation>
    </message>
    <message>
        <source>The worker made no plan. Is it of this version of Fantascope?</source>
        <translation>ワーカーが計画を返しませんでした。このバージョンの Fantascope のものですか？</translation>
    </message>
    <message>
        <source>Reading the clips</source>
        <translation>クリップを読み込み中</translation>
    </message>
    <message>
        <source>The worker ended without a look. Is it of this version of Fantascope?</source>
        <translation>ワーカーはルックを作らずに終了しました。このバージョンの Fantascope のものですか？</translation>
    </message>
</context>
<context>
    <name>TrainLookCommand</name>
    <message>
        <source>at most %1 letters</source>
        <translation>%1 文字以内</translation>
    </message>
    <message>
        <source>What is the look called? --name NAME is missing.</source>
        <translation>ルックの名前は何ですか？ --name NAME がありません。</translation>
    </message>
    <message>
        <source>A look is learnt from at least %1 clips or stills, not from %2: it would only repeat them.</source>
        <translation>ルックの学習には少なくとも %1 個のクリップまたは静止画が必要です（指定は %2 個）。少ないと、それらを繰り返すだけになります。</translation>
    </message>
    <message>
        <source>A look is learnt from at most %1 clips or stills, not from %2: choose those that show it best.</source>
        <translation>ルックの学習に使えるクリップまたは静止画は %1 個までです（指定は %2 個）。最もよく表しているものを選んでください。</translation>
    </message>
    <message>
        <source>Trains a look (a LoRA) from 5 to 50 of your own clips and stills.
They may have any size and rate; of long clips up to eight stretches are taken. A text file of the same name beside a clip (waves.txt beside waves.mp4) says what the clip shows; &quot;in the style of NAME&quot; is said of all, and brings the look when it is said in a prompt. --caption TEXT is said of all clips in place of both. Ctrl-C keeps what was learnt in OUT.training, and the same command goes on from there.
fantascope generate --lora NAME.safetensors uses the look; fantascope models lists it.</source>
        <translation>自分のクリップと静止画 5〜50 個からルック (LoRA) を学習します。
大きさとフレームレートは自由です。長いクリップからは最大 8 区間を使います。クリップの隣にある同名のテキストファイル（waves.mp4 の隣の waves.txt）は、そのクリップの内容を表します。すべてのクリップに「in the style of NAME」が添えられ、プロンプトに書くとルックが現れます。--caption TEXT は、その両方の代わりにすべてのクリップに添えられます。Ctrl-C を押すと学習した内容は OUT.training に残り、同じコマンドでそこから続けられます。
fantascope generate --lora NAME.safetensors でルックを使い、fantascope models で一覧に表示します。</translation>
    </message>
    <message>
        <source>Clips and stills.</source>
        <translation>クリップと静止画。</translation>
    </message>
    <message>
        <source>The file to write (default: NAME.safetensors in the loras folder of your models). For a model of two experts these are two, OUT_high_noise and OUT_low_noise.</source>
        <translation>書き込むファイル（既定: 自分のモデルの loras フォルダーの NAME.safetensors）。エキスパートが二つのモデルでは OUT_high_noise と OUT_low_noise の二つになります。</translation>
    </message>
    <message>
        <source>What the look is called.</source>
        <translation>ルックの名前。</translation>
    </message>
    <message>
        <source>Said of every clip, and then in prompts, in place of the name and of the texts beside them.</source>
        <translation>名前と隣のテキストの代わりに、すべてのクリップに添えられ、プロンプトでも使う言葉。</translation>
    </message>
    <message>
        <source>Name of a model, a model folder, or the file of a transformer.</source>
        <translation>モデルの名前、モデルのフォルダー、またはトランスフォーマーのファイル。</translation>
    </message>
    <message>
        <source>How long to train (default: 20).</source>
        <translation>学習する時間（分、既定: 20）。</translation>
    </message>
    <message>
        <source>So many steps in place of --minutes: the same clips and seed give the same look.</source>
        <translation>--minutes の代わりのステップ数。同じクリップとシードから同じルックができます。</translation>
    </message>
    <message>
        <source>Size of the look: more learns more and takes more memory (default: 16).</source>
        <translation>ルックの大きさ。大きいほど多くを学び、メモリも多く使います（既定: 16）。</translation>
    </message>
    <message>
        <source>Another seed, another look (default: 1).</source>
        <translation>シードが違えば別のルックになります（既定: 1）。</translation>
    </message>
    <message>
        <source>Replace a file that is there already.</source>
        <translation>すでにあるファイルを置き換えます。</translation>
    </message>
    <message>
        <source>Train nothing: say what memory and time it would take.</source>
        <translation>学習せずに、必要なメモリと時間を表示します。</translation>
    </message>
    <message>
        <source>Also when it is predicted not to fit into the memory.</source>
        <translation>メモリーに収まらないと予測されても実行します。</translation>
    </message>
</context>
<context>
    <name>app::BinModel</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 fps</source>
        <translation>%1 fps</translation>
    </message>
    <message>
        <source>%1 kHz</source>
        <translation>%1 kHz</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>破損</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>app::EditorApplication</name>
    <message>
        <source>H.264 film (MP4)</source>
        <translation>H.264 動画 (MP4)</translation>
    </message>
    <message>
        <source>Plays everywhere: H.264 and AAC</source>
        <translation>どこでも再生できます: H.264 と AAC</translation>
    </message>
    <message>
        <source>Lossless film (MKV)</source>
        <translation>ロスレス動画 (MKV)</translation>
    </message>
    <message>
        <source>Every bit as rendered, for further work: FFV1 and PCM</source>
        <translation>レンダリングそのまま、後工程向け: FFV1 と PCM</translation>
    </message>
    <message>
        <source>Exported, but not everything could be shown: %1</source>
        <translation>書き出しましたが、表示できないものがありました: %1</translation>
    </message>
    <message>
        <source>There is no preset &quot;%1&quot;.</source>
        <translation>プリセット「%1」はありません。</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>復元</translation>
    </message>
    <message>
        <source>Fantascope did not end well last time. Changes that were not saved are here again; undo goes back to the saved project.</source>
        <translation>前回 Fantascope は正常に終了しませんでした。保存されていなかった変更を復元しました。元に戻すと保存済みのプロジェクトに戻ります。</translation>
    </message>
    <message>
        <source>Copying takes beside the project…</source>
        <translation>テイクをプロジェクトの隣にコピーしています…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Importing file %1 of %2</source>
        <translation>ファイルを読み込み中 (%1 / %2)</translation>
    </message>
    <message>
        <source>A journal of unsaved changes cannot be read. It was kept as %1.</source>
        <translation>未保存の変更の記録を読み込めません。%1 として残しました。</translation>
    </message>
    <message>
        <source>%1 was not opened: save or discard these changes first.</source>
        <translation>%1 は開きませんでした。先にこれらの変更を保存するか破棄してください。</translation>
    </message>
</context>
<context>
    <name>app::GenerationController</name>
    <message>
        <source>Generate %1</source>
        <translation>%1 を生成</translation>
    </message>
    <message>
        <source>Animate %1</source>
        <translation>%1 を動かす</translation>
    </message>
    <message>
        <source>Restyle %1</source>
        <translation>%1 のスタイル変更</translation>
    </message>
    <message>
        <source>There is no model &quot;%1&quot;. Choose another one for the shot.</source>
        <translation>モデル「%1」がありません。ショットに別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>The shot &quot;%1&quot; is no longer there: its take went to the bin.</source>
        <translation>ショット「%1」はもうありません。テイクはビンに入りました。</translation>
    </message>
    <message>
        <source>Add Take</source>
        <translation>テイクを追加</translation>
    </message>
    <message>
        <source>The take could not be added to the shot, and went to the bin: %1</source>
        <translation>テイクをショットに追加できず、ビンに入れました: %1</translation>
    </message>
    <message>
        <source>There is no model that can be used. &quot;fantascope models&quot; says where models go.</source>
        <translation>使えるモデルがありません。モデルの置き場所は「fantascope models」で確認できます。</translation>
    </message>
    <message>
        <source>The job belongs to a project that is not open any more.</source>
        <translation>このジョブは、もう開いていないプロジェクトのものです。</translation>
    </message>
    <message>
        <source>Extend to %1</source>
        <translation>延長: %1</translation>
    </message>
    <message>
        <source>Fill %1</source>
        <translation>補間: %1</translation>
    </message>
    <message>
        <source>%1, %2 of %3</source>
        <translation>%1、%2/%3</translation>
    </message>
    <message>
        <source>Needs %1, and %2 are free. The job list offers to try it anyway.</source>
        <translation>%1 必要ですが、空きは %2 です。ジョブ一覧からそれでも試せます。</translation>
    </message>
    <message>
        <source>Takes %1 of memory.</source>
        <translation>メモリーを %1 使います。</translation>
    </message>
    <message>
        <source>Takes %1 and %2 of memory.</source>
        <translation>%1、メモリーを %2 使います。</translation>
    </message>
    <message>
        <source>Choose Take</source>
        <translation>テイクを選択</translation>
    </message>
    <message>
        <source>This take is there already: it was chosen. Another seed makes another one.</source>
        <translation>このテイクはすでにあるので選択しました。別のシードなら別のテイクになります。</translation>
    </message>
    <message>
        <source>Retake %1</source>
        <translation>撮り直し: %1</translation>
    </message>
    <message>
        <source>Inpaint %1</source>
        <translation>インペイント: %1</translation>
    </message>
</context>
<context>
    <name>app::GenerationQueue</name>
    <message>
        <source>Preparing the inputs</source>
        <translation>入力を準備しています</translation>
    </message>
    <message>
        <source>Waiting for the worker</source>
        <translation>ワーカーを待っています</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>モデルを読み込んでいます</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>プロンプトを読んでいます</translation>
    </message>
    <message>
        <source>Looking at the base and style pictures</source>
        <translation>ベースとスタイル画像を見ています</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>ステップ %1 / %2</translation>
    </message>
    <message>
        <source>Decoding the frames</source>
        <translation>フレームをデコードしています</translation>
    </message>
    <message>
        <source>Saving the frames</source>
        <translation>フレームを保存しています</translation>
    </message>
    <message>
        <source>Making the take</source>
        <translation>テイクを作成しています</translation>
    </message>
    <message>
        <source>The same request was made before: taken from the cache</source>
        <translation>同じリクエストが以前にあったため、キャッシュから取り出しました</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>キャンセル中</translation>
    </message>
    <message>
        <source>Going on</source>
        <translation>再開しています</translation>
    </message>
    <message>
        <source>After step %1 of %2</source>
        <translation>ステップ %1/%2 の後</translation>
    </message>
    <message>
        <source>Pausing after this step</source>
        <translation>このステップの後に一時停止します</translation>
    </message>
</context>
<context>
    <name>app::MediaImporter</name>
    <message>
        <source>Audio</source>
        <translation>オーディオ</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>ビデオ</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>読み込み</translation>
    </message>
    <message>
        <source>Insert Media</source>
        <translation>メディアを挿入</translation>
    </message>
    <message>
        <source>Remove from Bin</source>
        <translation>ビンから削除</translation>
    </message>
    <message>
        <source>%1 is used on the timeline, and stays in the bin.</source>
        <translation>%1 はタイムラインで使われているため、ビンに残ります。</translation>
    </message>
    <message>
        <source>1 file imported</source>
        <translation>1 個のファイルを読み込みました</translation>
    </message>
    <message>
        <source>%1 files imported</source>
        <translation>%1 個のファイルを読み込みました</translation>
    </message>
</context>
<context>
    <name>app::ProjectController</name>
    <message>
        <source>Untitled</source>
        <translation>無題</translation>
    </message>
    <message>
        <source>Audio 1</source>
        <translation>オーディオ 1</translation>
    </message>
    <message>
        <source>Video 1</source>
        <translation>ビデオ 1</translation>
    </message>
    <message>
        <source>Video 2</source>
        <translation>ビデオ 2</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>スタイル</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>プロンプト</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>An argument is no valid text (UTF-8). Files with such names cannot be used: rename them.</source>
        <translation>引数に正しいテキスト (UTF-8) でないものがあります。そのような名前のファイルは使えません。名前を変更してください。</translation>
    </message>
    <message>
        <source>There is no display for the editor&apos;s window. &quot;fantascope --help&quot; lists what works without one.</source>
        <translation>エディターのウィンドウを表示するディスプレイがありません。ディスプレイなしで使える機能は「fantascope --help」で確認できます。</translation>
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
        <translation>詳細</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>詳細設定</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
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
        <translation>UniPC (最初の公開版)</translation>
    </message>
    <message>
        <source>Few steps (distilled models)</source>
        <translation>少ステップ (蒸留モデル)</translation>
    </message>
    <message>
        <source>Shift by picture size</source>
        <translation>画像の大きさによるシフト</translation>
    </message>
    <message>
        <source>CFG-Zero*</source>
        <translation>CFG-Zero*</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>EasyCache</source>
        <translation>EasyCache</translation>
    </message>
    <message>
        <source>First block</source>
        <translation>最初のブロック</translation>
    </message>
    <message>
        <source>The model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Blending</source>
        <translation>混ぜ込み</translation>
    </message>
    <message>
        <source>Model&apos;s length</source>
        <translation>モデルの長さ</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>サンプラー</translation>
    </message>
    <message>
        <source>How noise becomes a picture, step by step</source>
        <translation>ノイズが段階的に画像になる方法</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>プリセット</translation>
    </message>
    <message>
        <source>Sampler, steps and shift as published for few-step models</source>
        <translation>少ステップのモデル用に公開されたサンプラー・ステップ数・シフト</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>シフト</translation>
    </message>
    <message>
        <source>More gives composition more of the steps, less gives it to detail</source>
        <translation>大きいほど構図に、小さいほど細部にステップを使います</translation>
    </message>
    <message>
        <source>Guidance from</source>
        <translation>ガイダンス開始</translation>
    </message>
    <message>
        <source>Guidance counts from this part of the run on</source>
        <translation>この位置からガイダンスが効きます</translation>
    </message>
    <message>
        <source>Guidance to</source>
        <translation>ガイダンス終了</translation>
    </message>
    <message>
        <source>Guidance counts up to this part of the run</source>
        <translation>この位置までガイダンスが効きます</translation>
    </message>
    <message>
        <source>Guidance that keeps colours calmer</source>
        <translation>色を落ち着かせるガイダンス</translation>
    </message>
    <message>
        <source>Step cache</source>
        <translation>ステップキャッシュ</translation>
    </message>
    <message>
        <source>Faster where neighbouring steps are alike, at some cost of detail</source>
        <translation>隣り合うステップが似ていれば速くなり、細部は少し失われます</translation>
    </message>
    <message>
        <source>Given pictures</source>
        <translation>与えた画像</translation>
    </message>
    <message>
        <source>Who keeps the pictures that the shot goes on from: models that learnt it, or blending at every step</source>
        <translation>起点の画像を誰が保つか: 学習したモデル、または各ステップでの混ぜ込み</translation>
    </message>
    <message>
        <source>Frames before</source>
        <translation>前のフレーム</translation>
    </message>
    <message>
        <source>How much of the film before the shot it goes on from</source>
        <translation>前の映像のどれだけから続けるか</translation>
    </message>
    <message>
        <source>Frames after</source>
        <translation>後のフレーム</translation>
    </message>
    <message>
        <source>How much of the film after the shot it leads to</source>
        <translation>後の映像のどれだけへつなげるか</translation>
    </message>
    <message>
        <source>Prompt blend</source>
        <translation>プロンプトの移行</translation>
    </message>
    <message>
        <source>Frames over which one prompt gives way to the next</source>
        <translation>プロンプトが次へ移り変わるフレーム数</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>Frames of the pieces that a long shot is made in; 0: all at once</source>
        <translation>長いショットを分けて作るフレーム数。0 は一度に全部</translation>
    </message>
    <message>
        <source>%1 (model)</source>
        <translation>%1 (モデル)</translation>
    </message>
</context>
<context>
    <name>ui::BaseView</name>
    <message>
        <source>Base: %1</source>
        <translation>ベース: %1</translation>
    </message>
    <message>
        <source>Nothing below: made from the prompt alone</source>
        <translation>下に何もありません: プロンプトだけから生成します</translation>
    </message>
    <message>
        <source>Still below: it is brought to life</source>
        <translation>下に静止画があります: それを動かします</translation>
    </message>
    <message>
        <source>Film below: it is redrawn</source>
        <translation>下に動画があります: それを描き直します</translation>
    </message>
    <message>
        <source>Film beside it: it goes on from there</source>
        <translation>隣に動画: そこから続けます</translation>
    </message>
    <message>
        <source>Below a part of it: it goes on from there</source>
        <translation>一部の下にあり: そこから続けます</translation>
    </message>
    <message>
        <source>Masked: only what is red is made anew</source>
        <translation>マスクあり: 赤い部分だけを作り直し</translation>
    </message>
</context>
<context>
    <name>ui::EditActions</name>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>やり直し(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>削除(&amp;D)</translation>
    </message>
    <message>
        <source>Ri&amp;pple Delete</source>
        <translation>リップル削除(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Lift Marked Range</source>
        <translation>マーク範囲をリフト(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Split at Playhead</source>
        <translation>再生ヘッドで分割(&amp;S)</translation>
    </message>
    <message>
        <source>Split All &amp;Tracks</source>
        <translation>すべてのトラックを分割(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Cross-Dissolve at Cut</source>
        <translation>カット点にクロスディゾルブ(&amp;C)</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>すべて選択(&amp;A)</translation>
    </message>
    <message>
        <source>Select &amp;Nothing</source>
        <translation>選択を解除(&amp;N)</translation>
    </message>
    <message>
        <source>Trac&amp;ks</source>
        <translation>トラック(&amp;K)</translation>
    </message>
    <message>
        <source>T&amp;ool</source>
        <translation>ツール(&amp;O)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Ripple Delete</source>
        <translation>リップル削除</translation>
    </message>
    <message>
        <source>Lift</source>
        <translation>リフト</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>There is no cut between two clips to dissolve.</source>
        <translation>ディゾルブできるクリップ間のカット点がありません。</translation>
    </message>
    <message>
        <source>The clips have no frames beyond the cut to dissolve with. Trim them first.</source>
        <translation>カット点の先にディゾルブ用のフレームがありません。先にトリムしてください。</translation>
    </message>
    <message>
        <source>Cross-Dissolve</source>
        <translation>クロスディゾルブ</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>有効にする</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>無効にする</translation>
    </message>
    <message>
        <source>S&amp;witch Clips On or Off</source>
        <translation>クリップの有効・無効を切り替え(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Move and Trim</source>
        <translation>移動とトリム(&amp;M)</translation>
    </message>
</context>
<context>
    <name>ui::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Export progress</source>
        <translation>書き出しの進行状況</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>&amp;Whole film</source>
        <translation>全体(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Marked range</source>
        <translation>マーク範囲(&amp;M)</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>参照(&amp;B)…</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>形式(&amp;O)</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>範囲</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>書き出し(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Marked range, %1 to %2</source>
        <translation>マーク範囲 %1 から %2 まで(&amp;M)</translation>
    </message>
    <message>
        <source>Export To</source>
        <translation>書き出し先</translation>
    </message>
    <message>
        <source>&amp;Cancel Export</source>
        <translation>書き出しをキャンセル(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>閉じる(&amp;C)</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>書き出しています…</translation>
    </message>
    <message>
        <source>Exporting, %1</source>
        <comment>time left</comment>
        <translation>書き出しています、%1</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>%1 に書き出しました</translation>
    </message>
    <message>
        <source>Not exported. %1</source>
        <translation>書き出せませんでした。%1</translation>
    </message>
    <message>
        <source>Export cancelled.</source>
        <translation>書き出しをキャンセルしました。</translation>
    </message>
    <message>
        <source>Nothing can be written to the folder %1.</source>
        <translation>フォルダー %1 には書き込めません。</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>フォルダー %1 はありません。</translation>
    </message>
    <message>
        <source>%1 is there already. Press Replace to write over it.</source>
        <translation>%1 はすでにあります。「置き換え」を押すと上書きします。</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>置き換え(&amp;R)</translation>
    </message>
</context>
<context>
    <name>ui::ExportIndicator</name>
    <message>
        <source>Show the export</source>
        <translation>書き出しを表示</translation>
    </message>
    <message>
        <source>Exporting %1 %</source>
        <translation>書き出し中 %1 %</translation>
    </message>
</context>
<context>
    <name>ui::FileActions</name>
    <message>
        <source>Open &amp;Recent</source>
        <translation>最近使ったプロジェクト(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;New Project</source>
        <translation>新規プロジェクト(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>開く(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;Demo Project</source>
        <translation>デモプロジェクトを開く(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>名前を付けて保存(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Import Media…</source>
        <translation>メディアを読み込む(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>書き出し(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>設定(&amp;T)…</translation>
    </message>
</context>
<context>
    <name>ui::GenerateActions</name>
    <message>
        <source>&amp;Generate</source>
        <translation>生成(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;New Shot</source>
        <translation>新規ショット(&amp;N)</translation>
    </message>
    <message>
        <source>Edit &amp;Prompt</source>
        <translation>プロンプトを編集(&amp;P)</translation>
    </message>
    <message>
        <source>P&amp;revious Take</source>
        <translation>前のテイク(&amp;R)</translation>
    </message>
    <message>
        <source>Ne&amp;xt Take</source>
        <translation>次のテイク(&amp;X)</translation>
    </message>
    <message>
        <source>Regenerate &amp;Stale Shots</source>
        <translation>古くなったショットを再生成(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Cancel This Shot&apos;s Job</source>
        <translation>このショットのジョブをキャンセル(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel &amp;All Jobs</source>
        <translation>すべてのジョブをキャンセル(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Generate: %1</source>
        <comment>the verb the button shows</comment>
        <translation>生成(&amp;G): %1</translation>
    </message>
    <message>
        <source>Choose Take</source>
        <translation>テイクを選択</translation>
    </message>
    <message>
        <source>&amp;Write Prompt at Playhead</source>
        <translation>再生ヘッド位置にプロンプトを書く(&amp;W)</translation>
    </message>
    <message>
        <source>Pa&amp;use or Go On</source>
        <translation>一時停止または再開(&amp;U)</translation>
    </message>
    <message>
        <source>Extend &amp;Forward</source>
        <translation>後ろへ延長(&amp;F)</translation>
    </message>
    <message>
        <source>Extend &amp;Backward</source>
        <translation>前へ延長(&amp;B)</translation>
    </message>
    <message>
        <source>F&amp;ill Gap Between Clips</source>
        <translation>クリップの間を埋める(&amp;I)</translation>
    </message>
    <message>
        <source>Retake &amp;Marked Range</source>
        <translation>指定範囲を撮り直す(&amp;M)</translation>
    </message>
    <message>
        <source>Write what happens there, and generate it (Ctrl+Return).</source>
        <translation>そこで起きることを書き、生成してください (Ctrl+Return)。</translation>
    </message>
    <message>
        <source>Extend Forward</source>
        <translation>後ろへ延長</translation>
    </message>
    <message>
        <source>Extend Backward</source>
        <translation>前へ延長</translation>
    </message>
    <message>
        <source>Fill Gap</source>
        <translation>空きを埋める</translation>
    </message>
    <message>
        <source>Retake Range</source>
        <translation>範囲を撮り直す</translation>
    </message>
    <message>
        <source>Generate F&amp;our Takes</source>
        <translation>4 テイクを生成(&amp;O)</translation>
    </message>
</context>
<context>
    <name>ui::HelpActions</name>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>キーボードショートカット(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Fantascope</source>
        <translation>Fantascope について(&amp;A)</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Alt+Left, Alt+Right</source>
        <translation>Alt+左、Alt+右</translation>
    </message>
    <message>
        <source>Select the clip before or after</source>
        <translation>前または後のクリップを選択</translation>
    </message>
    <message>
        <source>Alt+Up, Alt+Down</source>
        <translation>Alt+上、Alt+下</translation>
    </message>
    <message>
        <source>Select a clip on the track above or below</source>
        <translation>上または下のトラックのクリップを選択</translation>
    </message>
    <message>
        <source>Return, F2</source>
        <translation>Return、F2</translation>
    </message>
    <message>
        <source>Write in the selected prompt, or choose a take of the selected shot</source>
        <translation>選択したプロンプトを書く、または選択したショットのテイクを選ぶ</translation>
    </message>
    <message>
        <source>Escape</source>
        <translation>Escape</translation>
    </message>
    <message>
        <source>Give up a drag, or select nothing</source>
        <translation>ドラッグを中止、または選択を解除</translation>
    </message>
    <message>
        <source>Page Up, Page Down</source>
        <translation>Page Up、Page Down</translation>
    </message>
    <message>
        <source>Scroll through the tracks</source>
        <translation>トラックをスクロール</translation>
    </message>
    <message>
        <source>Wheel, Shift+Wheel</source>
        <translation>ホイール、Shift+ホイール</translation>
    </message>
    <message>
        <source>Scroll through tracks, through time</source>
        <translation>トラックを、時間をスクロール</translation>
    </message>
    <message>
        <source>Ctrl+Wheel</source>
        <translation>Ctrl+ホイール</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>ポインターの位置でズーム</translation>
    </message>
    <message>
        <source>Middle Button</source>
        <translation>中ボタン</translation>
    </message>
    <message>
        <source>Drag the timeline</source>
        <translation>タイムラインをドラッグ</translation>
    </message>
    <message>
        <source>Shift+Drag at an Edge</source>
        <translation>端で Shift+ドラッグ</translation>
    </message>
    <message>
        <source>Trim and move what comes after along</source>
        <translation>トリムし、後ろのクリップも動かす</translation>
    </message>
    <message>
        <source>On the Timeline</source>
        <translation>タイムライン上</translation>
    </message>
</context>
<context>
    <name>ui::JobDelegate</name>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>実行中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>detail, time left</comment>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>%1. %2. %3</source>
        <comment>job, state, detail</comment>
        <translation>%1。%2。%3</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
</context>
<context>
    <name>ui::JobList</name>
    <message>
        <source>Jobs</source>
        <translation>ジョブ</translation>
    </message>
    <message>
        <source>Cancel the selected jobs</source>
        <translation>選択したジョブをキャンセル</translation>
    </message>
    <message>
        <source>Run the selected jobs again</source>
        <translation>選択したジョブをもう一度実行</translation>
    </message>
    <message>
        <source>Cancel all jobs</source>
        <translation>すべてのジョブをキャンセル</translation>
    </message>
    <message>
        <source>Remove the jobs that are over from the list</source>
        <translation>終わったジョブを一覧から消す</translation>
    </message>
    <message>
        <source>No jobs to do</source>
        <translation>ジョブはありません</translation>
    </message>
    <message>
        <source>To do: %1</source>
        <translation>残り: %1 件</translation>
    </message>
    <message>
        <source>Pause the running job</source>
        <translation>実行中のジョブを一時停止</translation>
    </message>
    <message>
        <source>Try the selected jobs anyway</source>
        <translation>選んだジョブをそれでも試す</translation>
    </message>
    <message>
        <source>Try Anyway</source>
        <translation>それでも試す</translation>
    </message>
    <message>
        <source>Go on with the paused jobs</source>
        <translation>一時停止中のジョブを再開</translation>
    </message>
</context>
<context>
    <name>ui::LoraStrip</name>
    <message>
        <source>LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Add LoRA</source>
        <translation>LoRA を追加</translation>
    </message>
    <message>
        <source>A LoRA gives the model a look, a face or a motion</source>
        <translation>LoRA はモデルに見た目・顔・動きを加えます</translation>
    </message>
    <message>
        <source>Choose a File…</source>
        <translation>ファイルを選択…</translation>
    </message>
    <message>
        <source>LoRA files (%1)</source>
        <translation>LoRA ファイル (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
    <message>
        <source>How strongly the LoRA counts</source>
        <translation>LoRA の効く強さ</translation>
    </message>
    <message>
        <source>Strength of %1</source>
        <translation>%1 の強さ</translation>
    </message>
    <message>
        <source>same</source>
        <translation>同じ</translation>
    </message>
    <message>
        <source>How strongly it counts at the end of the run, if that changes</source>
        <translation>終わりでの強さ (変える場合)</translation>
    </message>
    <message>
        <source>Strength of %1 at the end</source>
        <translation>終わりでの %1 の強さ</translation>
    </message>
    <message>
        <source>Remove this LoRA from the shot</source>
        <translation>この LoRA をショットから外す</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 を外す</translation>
    </message>
    <message>
        <source>%1 (missing)</source>
        <comment>a LoRA</comment>
        <translation>%1（見つかりません）</translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message>
        <source>Media</source>
        <translation>メディア</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>ジョブ</translation>
    </message>
    <message>
        <source>What the Model Sees</source>
        <translation>モデルが見るもの</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>タイムライン</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Playback</source>
        <translation>再生(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Generate</source>
        <translation>生成(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>無題</translation>
    </message>
    <message>
        <source>%1[*] – Fantascope</source>
        <comment>project&apos;s name</comment>
        <translation>%1[*] – Fantascope</translation>
    </message>
    <message>
        <source>Jobs that are stopped by this: %1</source>
        <translation>これによって中止されるジョブ: %1</translation>
    </message>
    <message>
        <source>An export is running, and is stopped by this.</source>
        <translation>書き出しの途中です。これによって中止されます。</translation>
    </message>
</context>
<context>
    <name>ui::MediaBin</name>
    <message>
        <source>Media bin</source>
        <translation>メディアビン</translation>
    </message>
    <message>
        <source>Search media</source>
        <translation>メディアを検索</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>読み込み</translation>
    </message>
    <message>
        <source>Add files to the media bin</source>
        <translation>ファイルをメディアビンに追加</translation>
    </message>
    <message>
        <source>Import media</source>
        <translation>メディアを読み込む</translation>
    </message>
    <message>
        <source>Drop clips, pictures and sound here.</source>
        <translation>ここに動画・画像・音声をドロップしてください。</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>メディア</translation>
    </message>
    <message>
        <source>Remove from Bin</source>
        <translation>ビンから削除</translation>
    </message>
    <message>
        <source>Import Media</source>
        <translation>メディアを読み込む</translation>
    </message>
    <message>
        <source>Film, pictures and sound (%1)</source>
        <translation>動画・画像・音声 (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Overwrite at Playhead</source>
        <translation>再生ヘッド位置に上書き</translation>
    </message>
    <message>
        <source>Insert as Style at Playhead</source>
        <translation>再生ヘッド位置にスタイルとして挿入</translation>
    </message>
    <message>
        <source>Insert as Mask at Playhead</source>
        <translation>再生ヘッド位置にマスクとして挿入</translation>
    </message>
</context>
<context>
    <name>ui::Monitor</name>
    <message>
        <source>Monitor</source>
        <translation>モニター</translation>
    </message>
    <message>
        <source>Picture at the playhead</source>
        <translation>再生ヘッド位置の画面</translation>
    </message>
</context>
<context>
    <name>ui::MoveActions</name>
    <message>
        <source>One Frame &amp;Left</source>
        <translation>1 フレーム左へ(&amp;L)</translation>
    </message>
    <message>
        <source>One Frame &amp;Right</source>
        <translation>1 フレーム右へ(&amp;R)</translation>
    </message>
    <message>
        <source>To the Track &amp;Above</source>
        <translation>上のトラックへ(&amp;A)</translation>
    </message>
    <message>
        <source>To the Track &amp;Below</source>
        <translation>下のトラックへ(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Start to Playhead</source>
        <translation>始点を再生ヘッドへ(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;End to Playhead</source>
        <translation>終点を再生ヘッドへ(&amp;E)</translation>
    </message>
    <message>
        <source>Start One Frame Left</source>
        <translation>始点を 1 フレーム左へ</translation>
    </message>
    <message>
        <source>Start One Frame Right</source>
        <translation>始点を 1 フレーム右へ</translation>
    </message>
    <message>
        <source>End One Frame Left</source>
        <translation>終点を 1 フレーム左へ</translation>
    </message>
    <message>
        <source>End One Frame Right</source>
        <translation>終点を 1 フレーム右へ</translation>
    </message>
    <message>
        <source>Nudge</source>
        <translation>微調整</translation>
    </message>
    <message>
        <source>There is no track of this kind above.</source>
        <translation>上にこの種類のトラックはありません。</translation>
    </message>
    <message>
        <source>There is no track of this kind below.</source>
        <translation>下にこの種類のトラックはありません。</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>Trim</source>
        <translation>トリム</translation>
    </message>
</context>
<context>
    <name>ui::PlaybackActions</name>
    <message>
        <source>&amp;Play or Pause</source>
        <translation>再生・一時停止(&amp;P)</translation>
    </message>
    <message>
        <source>Play &amp;Backward, Faster</source>
        <translation>逆再生・加速(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Play &amp;Forward, Faster</source>
        <translation>再生・加速(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation>ループ(&amp;L)</translation>
    </message>
    <message>
        <source>One Frame Bac&amp;k</source>
        <translation>1 フレーム戻る(&amp;K)</translation>
    </message>
    <message>
        <source>One Frame O&amp;n</source>
        <translation>1 フレーム進む(&amp;N)</translation>
    </message>
    <message>
        <source>One Second Back</source>
        <translation>1 秒戻る</translation>
    </message>
    <message>
        <source>One Second On</source>
        <translation>1 秒進む</translation>
    </message>
    <message>
        <source>P&amp;revious Cut</source>
        <translation>前のカット点(&amp;R)</translation>
    </message>
    <message>
        <source>Ne&amp;xt Cut</source>
        <translation>次のカット点(&amp;X)</translation>
    </message>
    <message>
        <source>To S&amp;tart</source>
        <translation>先頭へ(&amp;T)</translation>
    </message>
    <message>
        <source>To &amp;End</source>
        <translation>末尾へ(&amp;E)</translation>
    </message>
    <message>
        <source>Mark &amp;In</source>
        <translation>イン点をマーク(&amp;I)</translation>
    </message>
    <message>
        <source>Mark &amp;Out</source>
        <translation>アウト点をマーク(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Clear Marks</source>
        <translation>マークを消去(&amp;C)</translation>
    </message>
</context>
<context>
    <name>ui::PromptBox</name>
    <message>
        <source>Prompt</source>
        <translation>プロンプト</translation>
    </message>
    <message>
        <source>What is to be seen here?</source>
        <translation>ここに何を映しますか?</translation>
    </message>
</context>
<context>
    <name>ui::PromptEditor</name>
    <message>
        <source>Which prompt</source>
        <translation>対象のプロンプト</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>プロンプト</translation>
    </message>
    <message>
        <source>What is to be seen, in your own words</source>
        <translation>映したいものを自由な言葉で</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>ネガティブプロンプト</translation>
    </message>
    <message>
        <source>What to avoid</source>
        <translation>避けたいもの</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>times</comment>
        <translation>%1 から %2 まで</translation>
    </message>
    <message>
        <source>The shot&apos;s own prompt</source>
        <translation>ショット自身のプロンプト</translation>
    </message>
</context>
<context>
    <name>ui::RecipeForm</name>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>The model that makes the shot</source>
        <translation>ショットを生成するモデル</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>追従</translation>
    </message>
    <message>
        <source>What of the film below steers the result</source>
        <translation>下の動画の何に結果を従わせるか</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>強さ</translation>
    </message>
    <message>
        <source>How far the result may go from the film below</source>
        <translation>下の動画からどれだけ離れてよいか</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>ステップ数</translation>
    </message>
    <message>
        <source>More steps take longer and show more detail</source>
        <translation>多いほど時間がかかり、細部が増えます</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>ガイダンス</translation>
    </message>
    <message>
        <source>How strictly the prompt is followed</source>
        <translation>プロンプトにどれだけ忠実に従うか</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>The same seed and settings make the same take; empty: a new one each time</source>
        <translation>同じシードと設定なら同じテイクになります。空なら毎回新しいシードです</translation>
    </message>
    <message>
        <source>New random seed</source>
        <translation>新しいランダムシード</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>輪郭</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>明るさ</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>ランダム</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 (model)</source>
        <translation>%1 (モデル)</translation>
    </message>
    <message>
        <source>%1 (missing)</source>
        <comment>a model</comment>
        <translation>%1（見つかりません）</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Out of focus</source>
        <translation>ぼかし</translation>
    </message>
    <message>
        <source>Depth (a depth clip)</source>
        <translation>深度 (深度クリップ)</translation>
    </message>
    <message>
        <source>As a guide (poses, any other)</source>
        <translation>ガイドとして (ポーズなど)</translation>
    </message>
    <message>
        <source>Keep it, make the rest</source>
        <translation>残して、ほかを作る</translation>
    </message>
</context>
<context>
    <name>ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Model folders</source>
        <translation>モデルフォルダー</translation>
    </message>
    <message>
        <source>Add a model folder</source>
        <translation>モデルフォルダーを追加</translation>
    </message>
    <message>
        <source>Remove the selected model folder</source>
        <translation>選択したモデルフォルダーを取り除く</translation>
    </message>
    <message>
        <source>Pictures are made by</source>
        <translation>画像の合成</translation>
    </message>
    <message>
        <source>Generated frames that are kept</source>
        <translation>保持する生成フレーム</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>追加…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>取り除く</translation>
    </message>
    <message>
        <source>The graphics card if there is one</source>
        <translation>あればグラフィックカード</translation>
    </message>
    <message>
        <source>The graphics card (Vulkan)</source>
        <translation>グラフィックカード（Vulkan）</translation>
    </message>
    <message>
        <source>The processor</source>
        <translation>プロセッサー</translation>
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
        <translation>キャンセル(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>モデル(&amp;M)</translation>
    </message>
    <message>
        <source>For shots that name none.</source>
        <translation>モデルを指定していないショットに使います。</translation>
    </message>
    <message>
        <source>Model &amp;folders</source>
        <translation>モデルフォルダー(&amp;F)</translation>
    </message>
    <message>
        <source>Pictures are made &amp;by</source>
        <translation>画像の合成(&amp;B)</translation>
    </message>
    <message>
        <source>In exports at once, in the monitor from the next start on.</source>
        <translation>書き出しではすぐに、モニターでは次回の起動から有効です。</translation>
    </message>
    <message>
        <source>&amp;Keep generated frames up to</source>
        <translation>生成フレームの保持量(&amp;K)</translation>
    </message>
    <message>
        <source>What was not used for longest goes first. Takes in projects stay.</source>
        <translation>使われていないものから消えます。プロジェクト内のテイクは残ります。</translation>
    </message>
    <message>
        <source>The first that can run</source>
        <translation>実行できる最初のモデル</translation>
    </message>
    <message>
        <source>%1 (missing)</source>
        <comment>a model</comment>
        <translation>%1（見つかりません）</translation>
    </message>
    <message>
        <source>Model Folder</source>
        <translation>モデルフォルダー</translation>
    </message>
</context>
<context>
    <name>ui::ShotPanel</name>
    <message>
        <source>What the model sees</source>
        <translation>モデルが見るもの</translation>
    </message>
    <message>
        <source>Cancel this shot&apos;s job</source>
        <translation>このショットのジョブをキャンセル</translation>
    </message>
    <message>
        <source>Select a shot to see what the model sees.

Or select a prompt, a picture or a clip and press the button: a shot is laid over it.</source>
        <translation>ショットを選ぶと、モデルが見るものが表示されます。

プロンプト・画像・クリップを選んでボタンを押すと、その上にショットが置かれます。</translation>
    </message>
    <message>
        <source>New Shot</source>
        <translation>新規ショット</translation>
    </message>
    <message>
        <source>Lay a shot over what is selected, without generating it yet</source>
        <translation>生成はせず、選択範囲の上にショットを置きます</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>プロンプト</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>スタイル</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Shot</source>
        <translation>ショット</translation>
    </message>
    <message>
        <source>Change Shot Settings</source>
        <translation>ショットの設定を変更</translation>
    </message>
    <message>
        <source>Choose Take</source>
        <translation>テイクを選択</translation>
    </message>
    <message>
        <source>Remove Take</source>
        <translation>テイクを削除</translation>
    </message>
    <message>
        <source>Write Prompt</source>
        <translation>プロンプトを書く</translation>
    </message>
    <message>
        <source>Change Style Strength</source>
        <translation>スタイルの強さを変更</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Animate</source>
        <translation>動かす</translation>
    </message>
    <message>
        <source>Restyle</source>
        <translation>スタイル変更</translation>
    </message>
    <message>
        <source>%1 (Ctrl+Return)</source>
        <translation>%1 (Ctrl+Return)</translation>
    </message>
    <message>
        <source>Number of takes</source>
        <translation>テイクの数</translation>
    </message>
    <message>
        <source>How many takes are made, each with another seed</source>
        <translation>それぞれ別のシードで作るテイクの数</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>延長</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>補間</translation>
    </message>
    <message>
        <source>Retake</source>
        <translation>撮り直す</translation>
    </message>
    <message>
        <source>Inpaint</source>
        <translation>インペイント</translation>
    </message>
</context>
<context>
    <name>ui::StatusLine</name>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>%1 (and %2 more)</source>
        <comment>the first problem, how many others</comment>
        <translation>%1（ほか %2 件）</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>問題</translation>
    </message>
</context>
<context>
    <name>ui::StyleStrip</name>
    <message>
        <source>No style image over this shot</source>
        <translation>このショットの上にスタイル画像はありません</translation>
    </message>
    <message>
        <source>Style images</source>
        <translation>スタイル画像</translation>
    </message>
    <message>
        <source>Style image %1</source>
        <translation>スタイル画像 %1</translation>
    </message>
    <message>
        <source>Strength of %1</source>
        <translation>%1 の強さ</translation>
    </message>
    <message>
        <source>How strongly this style counts</source>
        <translation>このスタイルをどれだけ効かせるか</translation>
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
        <translation>シード %1</translation>
    </message>
    <message>
        <source>Show this take</source>
        <translation>このテイクを表示</translation>
    </message>
    <message>
        <source>Remove this take from the shot</source>
        <translation>このテイクをショットから削除</translation>
    </message>
    <message>
        <source>Takes of the shot</source>
        <translation>ショットのテイク</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>テイク</translation>
    </message>
    <message>
        <source>Take %1, shown</source>
        <translation>テイク %1 (表示中)</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>テイク %1</translation>
    </message>
    <message>
        <source>steps %1</source>
        <translation>%1 ステップ</translation>
    </message>
</context>
<context>
    <name>ui::TakeMenu</name>
    <message>
        <source>Takes</source>
        <translation>テイク</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>テイク %1</translation>
    </message>
    <message>
        <source>No Take: Show What Lies Below</source>
        <translation>テイクなし: 下にあるものを表示</translation>
    </message>
    <message>
        <source>Choose Take</source>
        <translation>テイクを選択</translation>
    </message>
</context>
<context>
    <name>ui::TimelineCanvas</name>
    <message>
        <source>Timeline</source>
        <translation>タイムライン</translation>
    </message>
    <message>
        <source>Write Prompt</source>
        <translation>プロンプトを書く</translation>
    </message>
    <message>
        <source>Nothing selected</source>
        <translation>何も選択されていません</translation>
    </message>
    <message>
        <source>Selected: %1. %2</source>
        <comment>what, where</comment>
        <translation>選択中: %1。%2</translation>
    </message>
</context>
<context>
    <name>ui::TimelineRuler</name>
    <message>
        <source>Time ruler</source>
        <translation>タイムルーラー</translation>
    </message>
</context>
<context>
    <name>ui::TimelineView</name>
    <message>
        <source>Scroll through time</source>
        <translation>時間方向にスクロール</translation>
    </message>
    <message>
        <source>Scroll through tracks</source>
        <translation>トラック方向にスクロール</translation>
    </message>
    <message>
        <source>Write Prompt</source>
        <translation>プロンプトを書く</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>スタイル</translation>
    </message>
    <message>
        <source>Add Track</source>
        <translation>トラックを追加</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>マスク</translation>
    </message>
</context>
<context>
    <name>ui::ToolActions</name>
    <message>
        <source>&amp;Select</source>
        <translation>選択(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Trim</source>
        <translation>トリム(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Blade</source>
        <translation>ブレード(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Prompt Pen</source>
        <translation>プロンプトペン(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Hand</source>
        <translation>手のひら(&amp;H)</translation>
    </message>
</context>
<context>
    <name>ui::ToolButtons</name>
    <message>
        <source>Snap (S)</source>
        <translation>スナップ (S)</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>ツール</translation>
    </message>
    <message>
        <source>Select and move (V)</source>
        <translation>選択と移動 (V)</translation>
    </message>
    <message>
        <source>Trim, what follows moves along (T)</source>
        <translation>トリム、後続も一緒に動く (T)</translation>
    </message>
    <message>
        <source>Blade (C)</source>
        <translation>ブレード (C)</translation>
    </message>
    <message>
        <source>Draw a prompt and type into it (P)</source>
        <translation>プロンプトを描いて書き込む (P)</translation>
    </message>
    <message>
        <source>Scroll by dragging (H)</source>
        <translation>ドラッグでスクロール (H)</translation>
    </message>
</context>
<context>
    <name>ui::TrackActions</name>
    <message>
        <source>&amp;Remove Track of the Selected Clip</source>
        <translation>選択クリップのトラックを削除(&amp;R)</translation>
    </message>
    <message>
        <source>Remove &amp;Empty Tracks</source>
        <translation>空のトラックを削除(&amp;E)</translation>
    </message>
    <message>
        <source>Add &amp;Video Track</source>
        <translation>ビデオトラックを追加(&amp;V)</translation>
    </message>
    <message>
        <source>Add &amp;Audio Track</source>
        <translation>オーディオトラックを追加(&amp;A)</translation>
    </message>
    <message>
        <source>Add &amp;Prompt Track</source>
        <translation>プロンプトトラックを追加(&amp;P)</translation>
    </message>
    <message>
        <source>Add &amp;Style Track</source>
        <translation>スタイルトラックを追加(&amp;S)</translation>
    </message>
    <message>
        <source>Audio %1</source>
        <translation>オーディオ %1</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>プロンプト</translation>
    </message>
    <message>
        <source>Prompt %1</source>
        <translation>プロンプト %1</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>スタイル</translation>
    </message>
    <message>
        <source>Style %1</source>
        <translation>スタイル %1</translation>
    </message>
    <message>
        <source>Video %1</source>
        <translation>ビデオ %1</translation>
    </message>
    <message>
        <source>Add Track</source>
        <translation>トラックを追加</translation>
    </message>
    <message>
        <source>Remove Track</source>
        <translation>トラックを削除</translation>
    </message>
    <message>
        <source>Remove Empty Tracks</source>
        <translation>空のトラックを削除</translation>
    </message>
    <message>
        <source>Add &amp;Mask Track</source>
        <translation>マスクトラックを追加(&amp;M)</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>マスク</translation>
    </message>
    <message>
        <source>Mask %1</source>
        <translation>マスク %1</translation>
    </message>
</context>
<context>
    <name>ui::TrackHeader</name>
    <message>
        <source>Mute %1</source>
        <translation>%1 をミュート</translation>
    </message>
    <message>
        <source>Unmute %1</source>
        <translation>%1 のミュートを解除</translation>
    </message>
    <message>
        <source>Hide %1</source>
        <translation>%1 を隠す</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 を表示</translation>
    </message>
    <message>
        <source>Unlock %1</source>
        <translation>%1 のロックを解除</translation>
    </message>
    <message>
        <source>Lock %1</source>
        <translation>%1 をロック</translation>
    </message>
    <message>
        <source>Track %1</source>
        <translation>トラック %1</translation>
    </message>
    <message>
        <source>More for %1</source>
        <translation>%1 のメニュー</translation>
    </message>
    <message>
        <source>Name of track %1</source>
        <translation>トラック %1 の名前</translation>
    </message>
</context>
<context>
    <name>ui::TrackHeaders</name>
    <message>
        <source>Tracks</source>
        <translation>トラック</translation>
    </message>
    <message>
        <source>Rename Track</source>
        <translation>トラック名を変更</translation>
    </message>
    <message>
        <source>Show Track</source>
        <translation>トラックを表示</translation>
    </message>
    <message>
        <source>Hide Track</source>
        <translation>トラックを隠す</translation>
    </message>
    <message>
        <source>Lock Track</source>
        <translation>トラックをロック</translation>
    </message>
    <message>
        <source>Unlock Track</source>
        <translation>トラックのロックを解除</translation>
    </message>
    <message>
        <source>Move Track</source>
        <translation>トラックを移動</translation>
    </message>
    <message>
        <source>Move &amp;Up</source>
        <translation>上へ(&amp;U)</translation>
    </message>
    <message>
        <source>Move &amp;Down</source>
        <translation>下へ(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Remove Track</source>
        <translation>トラックを削除(&amp;R)</translation>
    </message>
    <message>
        <source>Remove Track</source>
        <translation>トラックを削除</translation>
    </message>
</context>
<context>
    <name>ui::Transport</name>
    <message>
        <source>Transport</source>
        <translation>再生コントロール</translation>
    </message>
    <message>
        <source>Timecode of the playhead</source>
        <translation>再生ヘッドのタイムコード</translation>
    </message>
    <message>
        <source>Type a timecode or a frame number to go there</source>
        <translation>タイムコードかフレーム番号を入力すると移動します</translation>
    </message>
    <message>
        <source>Length of the film</source>
        <translation>全体の長さ</translation>
    </message>
    <message>
        <source>● LIVE PREVIEW</source>
        <translation>● ライブプレビュー</translation>
    </message>
    <message>
        <source>A shot is being generated and shows as it is now</source>
        <translation>生成中のショットを現在の状態で表示しています</translation>
    </message>
    <message>
        <source>Live preview</source>
        <translation>ライブプレビュー</translation>
    </message>
    <message>
        <source>Go to start (Home)</source>
        <translation>先頭へ (Home)</translation>
    </message>
    <message>
        <source>One frame back (Left)</source>
        <translation>1 フレーム戻る (←)</translation>
    </message>
    <message>
        <source>One frame on (Right)</source>
        <translation>1 フレーム進む (→)</translation>
    </message>
    <message>
        <source>Go to end (End)</source>
        <translation>末尾へ (End)</translation>
    </message>
    <message>
        <source>Loop (Ctrl+L)</source>
        <translation>ループ (Ctrl+L)</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>再生 (Space)</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>一時停止 (Space)</translation>
    </message>
</context>
<context>
    <name>ui::UnsavedGuard</name>
    <message>
        <source>Unsaved Changes</source>
        <translation>保存されていない変更</translation>
    </message>
    <message>
        <source>The project has changes that are not saved.</source>
        <translation>プロジェクトに保存されていない変更があります。</translation>
    </message>
    <message>
        <source>Without saving they are lost.</source>
        <translation>保存しないと失われます。</translation>
    </message>
    <message>
        <source>Still Working</source>
        <translation>作業中</translation>
    </message>
    <message>
        <source>&amp;Stop and Continue</source>
        <translation>中止して続ける(&amp;S)</translation>
    </message>
</context>
<context>
    <name>ui::ViewActions</name>
    <message>
        <source>Zoom &amp;In</source>
        <translation>拡大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>縮小(&amp;O)</translation>
    </message>
    <message>
        <source>Show &amp;Whole Film</source>
        <translation>全体を表示(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Snap</source>
        <translation>スナップ(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation>フルスクリーン(&amp;F)</translation>
    </message>
</context>
</TS>
