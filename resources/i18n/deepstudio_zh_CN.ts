<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>AboutDialog</name>
    <message>
      <source>About DeepStudio</source>
      <translation>关于 DeepStudio</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>DeepStudio is free software under the MIT licence. It uses Qt for Python under the LGPL.</source>
      <translation>DeepStudio 是以 MIT 许可证发布的自由软件，并按 LGPL 使用 Qt for Python。</translation>
    </message>
    <message>
      <source>Train, watch and use neural networks in one window. Nothing leaves this machine.</source>
      <translation>在一个窗口里训练、观察和使用神经网络。任何数据都不会离开本机。</translation>
    </message>
    <message>
      <source>Version {version}</source>
      <translation>版本 {version}</translation>
    </message>
    <message>
      <source>Your files</source>
      <translation>你的文件</translation>
    </message>
  </context>
  <context>
    <name>AboutPane</name>
    <message>
      <source>About the run</source>
      <translation>关于此运行</translation>
    </message>
    <message>
      <source>Duration</source>
      <translation>时长</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>文件夹</translation>
    </message>
    <message>
      <source>Go on training</source>
      <translation>继续训练</translation>
    </message>
    <message>
      <source>Machine</source>
      <translation>机器</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Name of the run</source>
      <translation>运行名称</translation>
    </message>
    <message>
      <source>Notes</source>
      <translation>备注</translation>
    </message>
    <message>
      <source>On disk</source>
      <translation>占用空间</translation>
    </message>
    <message>
      <source>Open folder</source>
      <translation>打开文件夹</translation>
    </message>
    <message>
      <source>Separated by commas</source>
      <translation>用逗号分隔</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>来源</translation>
    </message>
    <message>
      <source>Started</source>
      <translation>开始时间</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>Train again with these settings</source>
      <translation>用这些设置重新训练</translation>
    </message>
    <message>
      <source>What did you try, and what came of it?</source>
      <translation>尝试了什么？结果如何？</translation>
    </message>
  </context>
  <context>
    <name>ActivationsView</name>
    <message>
      <source>Activations of {maps} maps on {samples} samples</source>
      <translation>{samples} 个样本上 {maps} 个特征图的激活</translation>
    </message>
  </context>
  <context>
    <name>Again</name>
    <message>
      <source>Digits</source>
      <translation>数字</translation>
    </message>
    <message>
      <source>No speech model is installed.</source>
      <translation>没有安装语音模型。</translation>
    </message>
    <message>
      <source>Sentences</source>
      <translation>句子</translation>
    </message>
    <message>
      <source>Single words</source>
      <translation>单个词</translation>
    </message>
    <message>
      <source>Transcribe again as</source>
      <translation>重新转写为</translation>
    </message>
    <message>
      <source>{name} has a new text.</source>
      <translation>{name} 已有新的文字。</translation>
    </message>
  </context>
  <context>
    <name>Alerts</name>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>“{name}” has finished training.</source>
      <translation>“{name}”训练完成。</translation>
    </message>
  </context>
  <context>
    <name>AnswerColumn</name>
    <message>
      <source>%1 sure</source>
      <translation>把握 %1</translation>
    </message>
    <message>
      <source>Closest: %1, %2 among the %3 it knows</source>
      <translation>最接近：%1，在它认识的 %3 类中占 %2</translation>
    </message>
    <message>
      <source>Measured: %1 right on %2 pictures it had never seen (%3).</source>
      <translation>实测：在 %2 张从未见过的图片上答对 %1（%3）。</translation>
    </message>
    <message>
      <source>Measured: %1 right where known things are called by new words, %2 where five new things are told apart by one example each. What it was never trained on it mostly guesses.</source>
      <translation>实测:用新词称呼已学过的事物时,正确率 %1;各凭一张示例区分五种新事物时,正确率 %2。从未学过的内容大多靠猜。</translation>
    </message>
    <message>
      <source>None of these</source>
      <translation>都不是</translation>
    </message>
    <message>
      <source>Probably none of these</source>
      <translation>很可能都不是</translation>
    </message>
    <message>
      <source>Show why</source>
      <translation>显示原因</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>用时</translation>
    </message>
    <message>
      <source>decode</source>
      <translation>解码</translation>
    </message>
    <message>
      <source>network</source>
      <translation>网络</translation>
    </message>
    <message>
      <source>preprocess</source>
      <translation>预处理</translation>
    </message>
  </context>
  <context>
    <name>AnswerPane</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Drop a .safetensors model on the window, or train one.</source>
      <translation>把 .safetensors 模型拖到窗口上，或者训练一个。</translation>
    </message>
    <message>
      <source>Looking at %1…</source>
      <translation>正在看 %1…</translation>
    </message>
    <message>
      <source>No text model is installed</source>
      <translation>没有安装文本模型</translation>
    </message>
    <message>
      <source>No text yet</source>
      <translation>还没有文本</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>进度</translation>
    </message>
    <message>
      <source>The answer appears here</source>
      <translation>答案会出现在这里</translation>
    </message>
    <message>
      <source>There is no model yet</source>
      <translation>还没有模型</translation>
    </message>
    <message>
      <source>Train one in the Train workspace, or drop a model file on the window.</source>
      <translation>可以在“训练”中训练一个，或把模型文件拖到窗口上。</translation>
    </message>
    <message>
      <source>Type on the left, drop a text file, or begin with an example.</source>
      <translation>在左侧输入文本、拖入文本文件，或从示例开始。</translation>
    </message>
    <message>
      <source>With how sure the network is, what else it considered, and how long it took.</source>
      <translation>还会显示网络有多大把握、考虑过哪些其他答案，以及用了多长时间。</translation>
    </message>
  </context>
  <context>
    <name>AttentionView</name>
    <message>
      <source>Attention: what was looked at for each written word</source>
      <translation>注意力：写出每个词时看了原文的哪些部分</translation>
    </message>
  </context>
  <context>
    <name>BatchFilters</name>
    <message>
      <source>All answers</source>
      <translation>全部答案</translation>
    </message>
    <message>
      <source>Confidence</source>
      <translation>置信度</translation>
    </message>
    <message>
      <source>Could not be read</source>
      <translation>无法读取</translation>
    </message>
    <message>
      <source>Greatest confidence</source>
      <translation>最高置信度</translation>
    </message>
    <message>
      <source>Least confidence</source>
      <translation>最低置信度</translation>
    </message>
    <message>
      <source>None of these</source>
      <translation>都不是</translation>
    </message>
    <message>
      <source>Search names and answers</source>
      <translation>搜索名称和答案</translation>
    </message>
    <message>
      <source>Show everything again</source>
      <translation>重新显示全部</translation>
    </message>
    <message>
      <source>Show only this answer</source>
      <translation>只显示这个答案</translation>
    </message>
  </context>
  <context>
    <name>BatchPage</name>
    <message>
      <source>%1 could not be read</source>
      <translation>%1 张无法读取</translation>
    </message>
    <message>
      <source>%1 none of these</source>
      <translation>%1 张都不是</translation>
    </message>
    <message>
      <source>%1 of %2 pictures</source>
      <translation>%2 张图片中的 %1 张</translation>
    </message>
    <message>
      <source>%1 per second</source>
      <translation>每秒 %1 张</translation>
    </message>
    <message>
      <source>%1 rows were written to %2.</source>
      <translation>已将 %1 行写入 %2。</translation>
    </message>
    <message>
      <source>%1 shown</source>
      <translation>显示 %1 张</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Drop many pictures or a folder here</source>
      <translation>把多张图片或一个文件夹拖到这里</translation>
    </message>
    <message>
      <source>Each becomes a row with its answer. Sort, filter and export them as a table.</source>
      <translation>每张图片连同答案成为一行，可以排序、筛选并导出为表格。</translation>
    </message>
    <message>
      <source>Export CSV…</source>
      <translation>导出 CSV…</translation>
    </message>
    <message>
      <source>Looking for pictures…</source>
      <translation>正在查找图片…</translation>
    </message>
    <message>
      <source>Open a folder…</source>
      <translation>打开文件夹…</translation>
    </message>
    <message>
      <source>Open pictures…</source>
      <translation>打开图片…</translation>
    </message>
    <message>
      <source>Pictures and answers</source>
      <translation>图片与答案</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>进度</translation>
    </message>
    <message>
      <source>answers.csv</source>
      <translation>答案.csv</translation>
    </message>
  </context>
  <context>
    <name>BatchTable</name>
    <message>
      <source>Answer</source>
      <translation>答案</translation>
    </message>
    <message>
      <source>Confidence</source>
      <translation>置信度</translation>
    </message>
    <message>
      <source>None of these</source>
      <translation>都不是</translation>
    </message>
    <message>
      <source>None of these (%1?)</source>
      <translation>都不是（%1？）</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>用时</translation>
    </message>
  </context>
  <context>
    <name>ChecksPane</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Check again</source>
      <translation>重新检查</translation>
    </message>
    <message>
      <source>Checks</source>
      <translation>检查</translation>
    </message>
    <message>
      <source>Looking for what cannot be read, duplicates, rare classes…</source>
      <translation>正在查找无法读取的内容、重复项、稀有类别……</translation>
    </message>
    <message>
      <source>Not checked yet.</source>
      <translation>尚未检查。</translation>
    </message>
    <message>
      <source>Nothing stands in the way.</source>
      <translation>没有发现问题，可以训练。</translation>
    </message>
    <message>
      <source>Progress of the checks</source>
      <translation>检查进度</translation>
    </message>
    <message>
      <source>The checks did not finish.</source>
      <translation>检查没有完成。</translation>
    </message>
    <message>
      <source>Worth a look: {count}</source>
      <translation>值得一看：{count} 项</translation>
    </message>
  </context>
  <context>
    <name>ClassList</name>
    <message>
      <source>Classes</source>
      <translation>类别</translation>
    </message>
  </context>
  <context>
    <name>ClassPane</name>
    <message>
      <source>Shaded words moved the answer: for it in blue, against it in orange.</source>
      <translation>着色的词影响了答案：蓝色表示支持，橙色表示反对。</translation>
    </message>
    <message>
      <source>Show what speaks for it</source>
      <translation>显示支持它的词</translation>
    </message>
  </context>
  <context>
    <name>ColumnsPopup</name>
    <message>
      <source>As at first</source>
      <translation>恢复默认</translation>
    </message>
    <message>
      <source>Choose columns</source>
      <translation>选择列</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>列</translation>
    </message>
    <message>
      <source>Search columns</source>
      <translation>搜索列</translation>
    </message>
    <message>
      <source>Search settings and metrics</source>
      <translation>搜索设置和指标</translation>
    </message>
    <message>
      <source>{count} columns</source>
      <translation>{count} 列</translation>
    </message>
  </context>
  <context>
    <name>CommandBoard</name>
    <message>
      <source>Heard so far</source>
      <translation>已听到</translation>
    </message>
    <message>
      <source>Knows: {words}</source>
      <translation>认识：{words}</translation>
    </message>
    <message>
      <source>Say a word</source>
      <translation>请说一个词</translation>
    </message>
    <message>
      <source>The word heard last</source>
      <translation>最后听到的词</translation>
    </message>
    <message>
      <source>What it could be</source>
      <translation>可能是</translation>
    </message>
    <message>
      <source>{percent} % sure</source>
      <translation>把握 {percent} %</translation>
    </message>
  </context>
  <context>
    <name>CommandMenu</name>
    <message>
      <source>Commands</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>Find a command</source>
      <translation>查找命令</translation>
    </message>
    <message>
      <source>What would you like to do?</source>
      <translation>想做什么？</translation>
    </message>
  </context>
  <context>
    <name>ConfusionMatrix</name>
    <message>
      <source>Confusion matrix</source>
      <translation>混淆矩阵</translation>
    </message>
    <message>
      <source>Counts</source>
      <translation>数量</translation>
    </message>
    <message>
      <source>Most often: {words}.</source>
      <translation>最常见的混淆：{words}。</translation>
    </message>
    <message>
      <source>Nothing was classified yet.</source>
      <translation>还没有分类任何内容。</translation>
    </message>
    <message>
      <source>Per cent</source>
      <translation>百分比</translation>
    </message>
    <message>
      <source>Rows: the true class. Columns: what the network said. A click opens the samples.</source>
      <translation>行：真实类别。列：网络的判断。单击可查看样本。</translation>
    </message>
    <message>
      <source>Share of the true class in per cent</source>
      <translation>占真实类别的百分比</translation>
    </message>
    <message>
      <source>{correct} of {total} right ({share} %).</source>
      <translation>{total} 个中 {correct} 个正确（{share} %）。</translation>
    </message>
  </context>
  <context>
    <name>CurveControls</name>
    <message>
      <source>All runs as one</source>
      <translation>所有运行合为一条</translation>
    </message>
    <message>
      <source>Filter metrics</source>
      <translation>筛选指标</translation>
    </message>
    <message>
      <source>Group the runs</source>
      <translation>运行分组</translation>
    </message>
    <message>
      <source>How much the curves are smoothed</source>
      <translation>曲线平滑的程度</translation>
    </message>
    <message>
      <source>No groups</source>
      <translation>不分组</translation>
    </message>
    <message>
      <source>Same settings but the seed</source>
      <translation>设置相同（种子除外）</translation>
    </message>
    <message>
      <source>Smoothing</source>
      <translation>平滑</translation>
    </message>
    <message>
      <source>Words in the names of metrics, or a /regular expression/</source>
      <translation>指标名称中的词，或 /正则表达式/</translation>
    </message>
    <message>
      <source>X axis</source>
      <translation>横轴</translation>
    </message>
    <message>
      <source>off</source>
      <translation>关</translation>
    </message>
    <message>
      <source>{width} px</source>
      <translation>{width} 像素</translation>
    </message>
  </context>
  <context>
    <name>CurvePanel</name>
    <message>
      <source>&amp;Copy picture</source>
      <translation>复制图片(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Enlarge</source>
      <translation>放大(&amp;E)</translation>
    </message>
    <message>
      <source>&amp;Fit</source>
      <translation>适应窗口(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Logarithmic y axis</source>
      <translation>对数纵轴(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Remove this panel</source>
      <translation>移除此图表(&amp;R)</translation>
    </message>
    <message>
      <source>Curves of {title}</source>
      <translation>{title} 的曲线</translation>
    </message>
    <message>
      <source>Ignore &amp;outliers</source>
      <translation>忽略离群值(&amp;O)</translation>
    </message>
    <message>
      <source>No points yet.</source>
      <translation>还没有数据点。</translation>
    </message>
    <message>
      <source>Save as {format}…</source>
      <translation>另存为 {format}…</translation>
    </message>
    <message>
      <source>Save what is shown</source>
      <translation>保存所显示的内容</translation>
    </message>
    <message>
      <source>Saved {name}.</source>
      <translation>已保存 {name}。</translation>
    </message>
    <message>
      <source>The picture was copied.</source>
      <translation>图片已复制。</translation>
    </message>
    <message>
      <source>Values of 0 and less lie below a logarithmic axis.</source>
      <translation>小于等于 0 的值位于对数轴以下。</translation>
    </message>
    <message>
      <source>What to do with {title}</source>
      <translation>{title} 的操作</translation>
    </message>
    <message>
      <source>{label}: now {last}, lowest {low}, highest {high}, {count} points</source>
      <translation>{label}：当前 {last}，最低 {low}，最高 {high}，{count} 个点</translation>
    </message>
  </context>
  <context>
    <name>CurvePanels</name>
    <message>
      <source>This computer</source>
      <translation>本机</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
  </context>
  <context>
    <name>CurvesPage</name>
    <message>
      <source>A new panel, with metrics of your choice</source>
      <translation>新建面板，自选指标</translation>
    </message>
    <message>
      <source>All panels were removed. The button at the upper right brings them back.</source>
      <translation>所有面板都已移除。右上角的按钮可将其恢复。</translation>
    </message>
    <message>
      <source>Bring removed panels back</source>
      <translation>恢复已移除的图表</translation>
    </message>
    <message>
      <source>Curves appear with the first step.</source>
      <translation>第一步完成后，曲线就会出现。</translation>
    </message>
    <message>
      <source>No curves yet.</source>
      <translation>还没有曲线。</translation>
    </message>
    <message>
      <source>No metric contains “{words}”.</source>
      <translation>没有包含“{words}”的指标。</translation>
    </message>
    <message>
      <source>Show all of every curve</source>
      <translation>显示全部曲线</translation>
    </message>
  </context>
  <context>
    <name>DataPane</name>
    <message>
      <source>Close the data</source>
      <translation>关闭数据</translation>
    </message>
    <message>
      <source>Open a folder…</source>
      <translation>打开文件夹…</translation>
    </message>
    <message>
      <source>Open a table or text…</source>
      <translation>打开表格或文本…</translation>
    </message>
    <message>
      <source>Other data</source>
      <translation>其他数据</translation>
    </message>
    <message>
      <source>{count} files</source>
      <translation>{count} 个文件</translation>
    </message>
    <message>
      <source>{count} lines of text</source>
      <translation>{count} 行文本</translation>
    </message>
    <message>
      <source>{count} pairs of texts</source>
      <translation>{count} 对文本</translation>
    </message>
    <message>
      <source>{count} recordings</source>
      <translation>{count} 段录音</translation>
    </message>
    <message>
      <source>{count} samples in {classes} classes</source>
      <translation>{classes} 个类别，共 {count} 个样本</translation>
    </message>
    <message>
      <source>{count} sentences, {classes} kinds of words marked in them</source>
      <translation>{count} 个句子，其中标注了 {classes} 类词</translation>
    </message>
    <message>
      <source>{count} speakers</source>
      <translation>{count} 位说话人</translation>
    </message>
    <message>
      <source>{count} texts in {classes} classes</source>
      <translation>{count} 条文本，{classes} 个类别</translation>
    </message>
  </context>
  <context>
    <name>DeletedDialog</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Deleted runs</source>
      <translation>已删除的运行</translation>
    </message>
    <message>
      <source>Remove for good</source>
      <translation>永久删除</translation>
    </message>
    <message>
      <source>Remove for good…</source>
      <translation>永久删除…</translation>
    </message>
    <message>
      <source>Remove the selected runs ({count}) with their checkpoints and models? This cannot be undone.</source>
      <translation>要永久删除所选运行（{count} 次）及其检查点和模型吗？此操作无法撤销。</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>There are no deleted runs.</source>
      <translation>没有已删除的运行。</translation>
    </message>
    <message>
      <source>They are kept until you remove them for good.</source>
      <translation>在永久删除之前会一直保留。</translation>
    </message>
  </context>
  <context>
    <name>DetailView</name>
    <message>
      <source>Choose a model to see what it can do.</source>
      <translation>选择一个模型，看看它能做什么。</translation>
    </message>
    <message>
      <source>Comes with DeepStudio</source>
      <translation>DeepStudio 自带</translation>
    </message>
    <message>
      <source>Damaged</source>
      <translation>已损坏</translation>
    </message>
    <message>
      <source>Details of the model</source>
      <translation>模型详情</translation>
    </message>
    <message>
      <source>Dropped pictures are shown to this model first</source>
      <translation>拖入的图片会先交给这个模型</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>导出…</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>This file cannot be used.</source>
      <translation>此文件无法使用。</translation>
    </message>
    <message>
      <source>Try it by speaking</source>
      <translation>开口试试</translation>
    </message>
    <message>
      <source>Try it on a picture</source>
      <translation>用图片试试</translation>
    </message>
    <message>
      <source>Try it on a text</source>
      <translation>用文本试试</translation>
    </message>
    <message>
      <source>Use for dropped pictures</source>
      <translation>用于拖入的图片</translation>
    </message>
    <message>
      <source>Yours</source>
      <translation>你的模型</translation>
    </message>
  </context>
  <context>
    <name>DetailsDialog</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Technical details</source>
      <translation>技术细节</translation>
    </message>
    <message>
      <source>What went wrong</source>
      <translation>出了什么问题</translation>
    </message>
  </context>
  <context>
    <name>DevicesPart</name>
    <message>
      <source>Look for microphones</source>
      <translation>查找麦克风</translation>
    </message>
  </context>
  <context>
    <name>DrawingPanel</name>
    <message>
      <source>Arrow keys move the pen, Space sets it down and lifts it, Ctrl+Z undoes, Delete clears.</source>
      <translation>方向键移动画笔，空格键落笔或抬笔，Ctrl+Z 撤销，Delete 清空。</translation>
    </message>
    <message>
      <source>Clear the pad (Delete)</source>
      <translation>清空画板 (Delete)</translation>
    </message>
    <message>
      <source>Draw it again (Ctrl+Shift+Z)</source>
      <translation>重新画上 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
      <source>Drawing pad for a digit</source>
      <translation>手写数字画板</translation>
    </message>
    <message>
      <source>Pen</source>
      <translation>画笔</translation>
    </message>
    <message>
      <source>Undo the last stroke (Ctrl+Z)</source>
      <translation>撤销上一笔 (Ctrl+Z)</translation>
    </message>
    <message>
      <source>What the network saw</source>
      <translation>网络看到的样子</translation>
    </message>
    <message>
      <source>Width of the pen</source>
      <translation>画笔粗细</translation>
    </message>
    <message>
      <source>Write one digit, large. By keyboard: arrows move the pen, Space sets it down.</source>
      <translation>写一个大大的数字。用键盘时：方向键移动画笔，空格键落笔。</translation>
    </message>
  </context>
  <context>
    <name>EmptyPage</name>
    <message>
      <source>A table of texts and their labels (CSV, TSV, JSON), or a folder for each class with its pictures, texts or recordings inside. Tagged words, pairs of sentences and plain text work as well.</source>
      <translation>可以是文本与标签的表格（CSV、TSV、JSON），也可以是每个类别一个文件夹，里面放图片、文本或录音。带标注的词、句对和纯文本也可以。</translation>
    </message>
    <message>
      <source>Drop pictures, texts or recordings here to train a network on them</source>
      <translation>把图片、文本或录音拖到这里，用它们训练网络</translation>
    </message>
    <message>
      <source>Everything stays on this machine.</source>
      <translation>所有数据都留在本机。</translation>
    </message>
    <message>
      <source>No runs yet</source>
      <translation>还没有运行</translation>
    </message>
    <message>
      <source>Open a TensorBoard folder…</source>
      <translation>打开 TensorBoard 文件夹…</translation>
    </message>
    <message>
      <source>Open a folder…</source>
      <translation>打开文件夹…</translation>
    </message>
    <message>
      <source>Open a table or text…</source>
      <translation>打开表格或文本…</translation>
    </message>
    <message>
      <source>Open an archive…</source>
      <translation>打开归档…</translation>
    </message>
    <message>
      <source>Train a network</source>
      <translation>训练网络</translation>
    </message>
    <message>
      <source>Train a network here, or drop a TensorBoard folder or an archived run on the window.</source>
      <translation>在这里训练网络，或把 TensorBoard 文件夹或归档的运行拖到窗口上。</translation>
    </message>
    <message>
      <source>Try it with drawn shapes</source>
      <translation>用绘制的图形试一试</translation>
    </message>
  </context>
  <context>
    <name>EntityPane</name>
    <message>
      <source>Entities</source>
      <translation>实体</translation>
    </message>
    <message>
      <source>No names found.</source>
      <translation>没有找到名称。</translation>
    </message>
    <message>
      <source>Organisation</source>
      <translation>机构</translation>
    </message>
    <message>
      <source>Other name</source>
      <translation>其他名称</translation>
    </message>
    <message>
      <source>Person</source>
      <translation>人名</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>地名</translation>
    </message>
    <message>
      <source>Save as CoNLL…</source>
      <translation>保存为 CoNLL…</translation>
    </message>
    <message>
      <source>Save for spaCy…</source>
      <translation>保存为 spaCy 格式…</translation>
    </message>
  </context>
  <context>
    <name>EventRows</name>
    <message>
      <source>Run</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Step</source>
      <translation>步</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>用时</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>发生了什么</translation>
    </message>
  </context>
  <context>
    <name>EventsPage</name>
    <message>
      <source>Events</source>
      <translation>事件</translation>
    </message>
    <message>
      <source>Nothing happened yet.</source>
      <translation>还没有发生任何事件。</translation>
    </message>
    <message>
      <source>{metric} is infinite</source>
      <translation>{metric} 为无穷大</translation>
    </message>
    <message>
      <source>{metric} is infinite in {count} points, up to step {last}</source>
      <translation>{metric} 在 {count} 个点上为无穷大，直到第 {last} 步</translation>
    </message>
    <message>
      <source>{metric} is not a number</source>
      <translation>{metric} 不是数值</translation>
    </message>
    <message>
      <source>{metric} is not a number in {count} points, up to step {last}</source>
      <translation>{metric} 在 {count} 个点上不是数值，直到第 {last} 步</translation>
    </message>
    <message>
      <source>{metric} jumps to {value}; the points around it lie at {usual}</source>
      <translation>{metric} 突变为 {value}；附近的点在 {usual} 左右</translation>
    </message>
  </context>
  <context>
    <name>ExportButton</name>
    <message>
      <source>&amp;Copy picture</source>
      <translation>复制图片(&amp;C)</translation>
    </message>
    <message>
      <source>Save as {format}…</source>
      <translation>另存为 {format}…</translation>
    </message>
    <message>
      <source>Save or copy what is shown</source>
      <translation>保存或复制所显示的内容</translation>
    </message>
    <message>
      <source>Save or copy {title}</source>
      <translation>保存或复制 {title}</translation>
    </message>
    <message>
      <source>Save what is shown</source>
      <translation>保存所显示的内容</translation>
    </message>
    <message>
      <source>Saved {name}.</source>
      <translation>已保存 {name}。</translation>
    </message>
    <message>
      <source>The picture was copied.</source>
      <translation>图片已复制。</translation>
    </message>
  </context>
  <context>
    <name>FigureView</name>
    <message>
      <source>and {count} more</source>
      <translation>还有 {count} 条</translation>
    </message>
    <message>
      <source>epoch {at}</source>
      <translation>第 {at} 轮</translation>
    </message>
    <message>
      <source>step {at}</source>
      <translation>第 {at} 步</translation>
    </message>
    <message>
      <source>{at} examples</source>
      <translation>{at} 个样本</translation>
    </message>
  </context>
  <context>
    <name>FiguresBar</name>
    <message>
      <source>Backlog {value}</source>
      <translation>积压 {value}</translation>
    </message>
    <message>
      <source>From the end of a word at the microphone to the word on screen.</source>
      <translation>从麦克风听完一个词到它出现在屏幕上的时间。</translation>
    </message>
    <message>
      <source>From the end of a word at the microphone to the word on screen: 95 % within {value} ms.</source>
      <translation>从麦克风听完一个词到它出现在屏幕上的时间：95 % 在 {value} 毫秒以内。</translation>
    </message>
    <message>
      <source>Latency {value}</source>
      <translation>延迟 {value}</translation>
    </message>
    <message>
      <source>Latency {value} ms</source>
      <translation>延迟 {value} 毫秒</translation>
    </message>
    <message>
      <source>Latency, backlog and lost samples</source>
      <translation>延迟、积压与丢失的采样</translation>
    </message>
    <message>
      <source>Lost samples {value}</source>
      <translation>丢失采样 {value}</translation>
    </message>
    <message>
      <source>{value} of real time to understand</source>
      <translation>识别用时为实际时长的 {value}</translation>
    </message>
    <message>
      <source>{value} s of sound</source>
      <translation>{value} 秒声音</translation>
    </message>
  </context>
  <context>
    <name>FindingCard</name>
    <message>
      <source>Show</source>
      <translation>查看</translation>
    </message>
    <message>
      <source>Show all {count}</source>
      <translation>查看全部 {count} 个</translation>
    </message>
  </context>
  <context>
    <name>FoldedGroup</name>
    <message>
      <source>{count} changed</source>
      <translation>已更改 {count} 项</translation>
    </message>
  </context>
  <context>
    <name>GroupLegend</name>
    <message>
      <source>All runs</source>
      <translation>所有训练</translation>
    </message>
    <message>
      <source>Groups of runs</source>
      <translation>运行分组</translation>
    </message>
  </context>
  <context>
    <name>GuessBars</name>
    <message>
      <source>(another word)</source>
      <translation>（其他词）</translation>
    </message>
    <message>
      <source>(nothing)</source>
      <translation>（无）</translation>
    </message>
    <message>
      <source>What it could be</source>
      <translation>可能是</translation>
    </message>
  </context>
  <context>
    <name>HistogramCanvas</name>
    <message>
      <source>step {step}: {share} % between {low} and {high}</source>
      <translation>第 {step} 步：{share} % 介于 {low} 和 {high} 之间</translation>
    </message>
  </context>
  <context>
    <name>HistogramTrack</name>
    <message>
      <source>; {count} values are no numbers</source>
      <translation>；{count} 个值不是数值</translation>
    </message>
    <message>
      <source>No values yet.</source>
      <translation>还没有数值。</translation>
    </message>
    <message>
      <source>newest: {low} to {high}</source>
      <translation>最新：{low} 到 {high}</translation>
    </message>
  </context>
  <context>
    <name>HistogramsPage</name>
    <message>
      <source>Filter layers</source>
      <translation>筛选层</translation>
    </message>
    <message>
      <source>Heat</source>
      <translation>热图</translation>
    </message>
    <message>
      <source>Ridges</source>
      <translation>山脊图</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>训练</translation>
    </message>
  </context>
  <context>
    <name>ImageDialogs</name>
    <message>
      <source>All files</source>
      <translation>所有文件</translation>
    </message>
    <message>
      <source>Example of a label</source>
      <translation>标签示例</translation>
    </message>
    <message>
      <source>Open a folder of pictures</source>
      <translation>打开图片文件夹</translation>
    </message>
    <message>
      <source>Open pictures</source>
      <translation>打开图片</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Save the table</source>
      <translation>保存表格</translation>
    </message>
    <message>
      <source>Table (*.csv)</source>
      <translation>表格 (*.csv)</translation>
    </message>
    <message>
      <source>What is to be seen?</source>
      <translation>图中是什么?</translation>
    </message>
  </context>
  <context>
    <name>ImageView</name>
    <message>
      <source>Draw a digit</source>
      <translation>手写数字</translation>
    </message>
    <message>
      <source>Draw a digit and watch the answer change</source>
      <translation>写一个数字，看答案随之变化</translation>
    </message>
    <message>
      <source>Many pictures</source>
      <translation>多张图片</translation>
    </message>
    <message>
      <source>Many pictures or a folder as a table</source>
      <translation>以表格查看多张图片或一个文件夹</translation>
    </message>
    <message>
      <source>One picture, its answer, and why</source>
      <translation>一张图片、它的答案和原因</translation>
    </message>
    <message>
      <source>Pasted picture</source>
      <translation>粘贴的图片</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>The last answers were forgotten.</source>
      <translation>已清除最近的答案。</translation>
    </message>
    <message>
      <source>There is no picture in the clipboard.</source>
      <translation>剪贴板里没有图片。</translation>
    </message>
    <message>
      <source>There is no table yet: open many pictures or a folder first.</source>
      <translation>还没有表格：请先打开多张图片或一个文件夹。</translation>
    </message>
  </context>
  <context>
    <name>ImageWorkspace</name>
    <message>
      <source>Classify %1 pictures</source>
      <translation>识别 %1 张图片</translation>
    </message>
    <message>
      <source>Classify every picture in the folder</source>
      <translation>识别文件夹里的每张图片</translation>
    </message>
    <message>
      <source>Compare Two Models</source>
      <translation>比较两个模型</translation>
    </message>
    <message>
      <source>Draw a Digit</source>
      <translation>手写数字</translation>
    </message>
    <message>
      <source>Export the Table…</source>
      <translation>导出表格…</translation>
    </message>
    <message>
      <source>Forget the Last Answers</source>
      <translation>清除最近的答案</translation>
    </message>
    <message>
      <source>Image</source>
      <translation>图像</translation>
    </message>
    <message>
      <source>See what a network makes of it</source>
      <translation>看看网络会怎么认</translation>
    </message>
  </context>
  <context>
    <name>ImportBar</name>
    <message>
      <source>Event files read</source>
      <translation>已读取的事件文件</translation>
    </message>
    <message>
      <source>Reading {name}…</source>
      <translation>正在读取 {name}…</translation>
    </message>
    <message>
      <source>Stop reading</source>
      <translation>停止读取</translation>
    </message>
  </context>
  <context>
    <name>InputPane</name>
    <message>
      <source>Draw</source>
      <translation>手写</translation>
    </message>
    <message>
      <source>Draw a digit</source>
      <translation>手写数字</translation>
    </message>
    <message>
      <source>Drop a picture here</source>
      <translation>把图片拖到这里</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>文件夹</translation>
    </message>
    <message>
      <source>Many pictures or a folder become a table. Or begin with a sample.</source>
      <translation>多张图片或文件夹会变成一张表格。也可以先试试示例。</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Open a folder of pictures</source>
      <translation>打开图片文件夹</translation>
    </message>
    <message>
      <source>Open a folder…</source>
      <translation>打开文件夹…</translation>
    </message>
    <message>
      <source>Open a picture…</source>
      <translation>打开图片…</translation>
    </message>
    <message>
      <source>Open pictures (Ctrl+O)</source>
      <translation>打开图片 (Ctrl+O)</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>粘贴</translation>
    </message>
    <message>
      <source>Paste a picture (Ctrl+V)</source>
      <translation>粘贴图片 (Ctrl+V)</translation>
    </message>
  </context>
  <context>
    <name>InsidePart</name>
    <message>
      <source>Type a text to see what the layer remembers of it.</source>
      <translation>输入文本，查看这一层记住了什么。</translation>
    </message>
  </context>
  <context>
    <name>InsidePresenter</name>
    <message>
      <source>Find words nearby</source>
      <translation>查找相近的词</translation>
    </message>
    <message>
      <source>Look into the layer</source>
      <translation>查看层的内部</translation>
    </message>
    <message>
      <source>Map the words</source>
      <translation>绘制词图</translation>
    </message>
  </context>
  <context>
    <name>Installer</name>
    <message>
      <source>“{title}” is installed.</source>
      <translation>“{title}”已安装。</translation>
    </message>
  </context>
  <context>
    <name>InterruptedBar</name>
    <message>
      <source>Go on training</source>
      <translation>继续训练</translation>
    </message>
    <message>
      <source>More such runs: {count}.</source>
      <translation>还有 {count} 次这样的训练。</translation>
    </message>
    <message>
      <source>Not now</source>
      <translation>以后再说</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>查看</translation>
    </message>
    <message>
      <source>“{name}” was interrupted. It can go on where it stood.</source>
      <translation>“{name}”曾被中断，可以从中断处继续。</translation>
    </message>
    <message>
      <source>“{name}” was interrupted: its program ended without a word.</source>
      <translation>“{name}”已中断：其程序意外结束。</translation>
    </message>
  </context>
  <context>
    <name>LabelBar</name>
    <message>
      <source>%1 pictures</source>
      <translation>%1 张图片</translation>
    </message>
    <message>
      <source>%1 · by %2</source>
      <translation>%1 · %2</translation>
    </message>
    <message>
      <source>Add examples…</source>
      <translation>添加示例…</translation>
    </message>
    <message>
      <source>Choose pictures of one label; you may also drop them here</source>
      <translation>选择同一标签的图片;也可以直接拖放到这里</translation>
    </message>
    <message>
      <source>Make the picture that is shown an example of a label</source>
      <translation>把当前图片作为某个标签的示例</translation>
    </message>
    <message>
      <source>One label alone is always right: give a second one to compare it with.</source>
      <translation>只有一个标签时它总是正确:请再给出一个以便比较。</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>重命名…</translation>
    </message>
    <message>
      <source>The examples of %1 were removed.</source>
      <translation>已移除“%1”的示例。</translation>
    </message>
    <message>
      <source>Use this picture</source>
      <translation>用这张图片</translation>
    </message>
    <message>
      <source>Without labels of yours the network uses the names that it was trained on.</source>
      <translation>没有您的标签时,网络使用训练时的名称。</translation>
    </message>
    <message>
      <source>Your labels</source>
      <translation>您的标签</translation>
    </message>
    <message>
      <source>cat, dog, a ship at sea, traffic sign…</source>
      <translation>cat, dog, a ship at sea, traffic sign…(英文)</translation>
    </message>
    <message>
      <source>one picture</source>
      <translation>1 张图片</translation>
    </message>
  </context>
  <context>
    <name>LastAnswers</name>
    <message>
      <source>Last answers</source>
      <translation>最近的答案</translation>
    </message>
  </context>
  <context>
    <name>LevelMeter</name>
    <message>
      <source>Loudness</source>
      <translation>响度</translation>
    </message>
    <message>
      <source>Too loud: turn the microphone down or move away from it.</source>
      <translation>声音太大：请调低麦克风音量，或离它远一些。</translation>
    </message>
    <message>
      <source>Very quiet: turn the microphone up or come closer.</source>
      <translation>声音很小：请调高麦克风音量，或靠近一些。</translation>
    </message>
  </context>
  <context>
    <name>LogDock</name>
    <message>
      <source>Close the log</source>
      <translation>关闭日志</translation>
    </message>
    <message>
      <source>Copy lines</source>
      <translation>复制所选行</translation>
    </message>
    <message>
      <source>Empty this list</source>
      <translation>清空列表</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>错误</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Filter</source>
      <translation>筛选</translation>
    </message>
    <message>
      <source>Filter the log</source>
      <translation>筛选日志</translation>
    </message>
    <message>
      <source>Least level shown</source>
      <translation>显示的最低级别</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>日志</translation>
    </message>
    <message>
      <source>Log lines</source>
      <translation>日志内容</translation>
    </message>
    <message>
      <source>Warnings and errors</source>
      <translation>警告和错误</translation>
    </message>
  </context>
  <context>
    <name>LookMatrix</name>
    <message>
      <source>Confusion matrix</source>
      <translation>混淆矩阵</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>进度</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Validation</source>
      <translation>验证</translation>
    </message>
  </context>
  <context>
    <name>LookPage</name>
    <message>
      <source>Nothing to look at yet</source>
      <translation>还没有可查看的内容</translation>
    </message>
    <message>
      <source>Once a run has finished, this shows which samples its network gets wrong, and lets you correct their labels.</source>
      <translation>训练完成后，这里会显示网络判断错误的样本，并可更正它们的标签。</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
  </context>
  <context>
    <name>LookPresenter</name>
    <message>
      <source>The corrected set was written. Your own files are as they were.</source>
      <translation>更正后的数据集已写入。您自己的文件没有改动。</translation>
    </message>
  </context>
  <context>
    <name>LookSamples</name>
    <message>
      <source>As in the data</source>
      <translation>按数据中的顺序</translation>
    </message>
    <message>
      <source>Asking the network about every sample…</source>
      <translation>正在让网络判断每个样本…</translation>
    </message>
    <message>
      <source>Do the correction again</source>
      <translation>重做更正</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>导出…</translation>
    </message>
    <message>
      <source>Highest loss first</source>
      <translation>损失最高的在前</translation>
    </message>
    <message>
      <source>Least sure first</source>
      <translation>最没把握的在前</translation>
    </message>
    <message>
      <source>Leave out</source>
      <translation>排除</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>顺序</translation>
    </message>
    <message>
      <source>Other label</source>
      <translation>更改标签</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Play the chosen recording; a click on it does so, too</source>
      <translation>播放选中的录音；点击录音也可播放</translation>
    </message>
    <message>
      <source>Samples: {count}</source>
      <translation>样本：{count}</translation>
    </message>
    <message>
      <source>Show all cells</source>
      <translation>显示所有单元格</translation>
    </message>
    <message>
      <source>Take in again</source>
      <translation>重新纳入</translation>
    </message>
    <message>
      <source>The first {shown} of {count} samples</source>
      <translation>{count} 个样本中的前 {shown} 个</translation>
    </message>
    <message>
      <source>Train again</source>
      <translation>再次训练</translation>
    </message>
    <message>
      <source>Train anew with the corrected data</source>
      <translation>用更正后的数据重新训练</translation>
    </message>
    <message>
      <source>Undo the last correction</source>
      <translation>撤销上一次更正</translation>
    </message>
    <message>
      <source>Write the whole set, as corrected, to a table</source>
      <translation>把更正后的整个数据集写入表格</translation>
    </message>
    <message>
      <source>Wrong ones only</source>
      <translation>只看错误的</translation>
    </message>
    <message>
      <source>kept beside the data; your files are as they were</source>
      <translation>更正保存在数据旁边，您的文件没有改动</translation>
    </message>
    <message>
      <source>loss {loss}</source>
      <translation>损失 {loss}</translation>
    </message>
    <message>
      <source>{count} left out</source>
      <translation>已排除 {count} 个</translation>
    </message>
    <message>
      <source>{count} with another label</source>
      <translation>{count} 个已更改标签</translation>
    </message>
    <message>
      <source>{label}, answered rightly: {count}</source>
      <translation>{label}，判断正确：{count}</translation>
    </message>
    <message>
      <source>{label}, taken for {answer}: {count}</source>
      <translation>{label} 被判断为 {answer}：{count}</translation>
    </message>
  </context>
  <context>
    <name>LooksMenu</name>
    <message>
      <source>&amp;Gaussian, by pixels</source>
      <translation>高斯（按像素）(&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Logarithmic x axis</source>
      <translation>对数 x 轴(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Medium</source>
      <translation>中(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Small</source>
      <translation>小(&amp;S)</translation>
    </message>
    <message>
      <source>How curves and panels look</source>
      <translation>曲线和面板的外观</translation>
    </message>
    <message>
      <source>Ignore &amp;outliers</source>
      <translation>忽略离群值(&amp;O)</translation>
    </message>
    <message>
      <source>La&amp;rge</source>
      <translation>大(&amp;R)</translation>
    </message>
    <message>
      <source>Leave outliers out of the y axis; arrows at the edge show where they are</source>
      <translation>纵轴不包含离群值，边缘的箭头标出它们的位置</translation>
    </message>
    <message>
      <source>Moving &amp;average</source>
      <translation>移动平均(&amp;A)</translation>
    </message>
    <message>
      <source>Size of the panels</source>
      <translation>图表大小</translation>
    </message>
    <message>
      <source>Smoothing</source>
      <translation>平滑</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>{path} is no longer there.</source>
      <translation>{path} 已不存在。</translation>
    </message>
  </context>
  <context>
    <name>MatrixCells</name>
    <message>
      <source>{true} recognised: {count} of {total} ({share} %)</source>
      <translation>正确识别“{true}”：{total} 个中 {count} 个（{share} %）</translation>
    </message>
    <message>
      <source>{true} taken for {predicted}: {count} of {total} ({share} %)</source>
      <translation>把“{true}”当成“{predicted}”：{total} 个中 {count} 个（{share} %）</translation>
    </message>
  </context>
  <context>
    <name>MediaPage</name>
    <message>
      <source>Run</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Step</source>
      <translation>步</translation>
    </message>
    <message>
      <source>What to show</source>
      <translation>显示内容</translation>
    </message>
    <message>
      <source>step {step}</source>
      <translation>第 {step} 步</translation>
    </message>
    <message>
      <source>step {step}, newest</source>
      <translation>第 {step} 步，最新</translation>
    </message>
  </context>
  <context>
    <name>MetricsPopup</name>
    <message>
      <source>Metrics</source>
      <translation>指标</translation>
    </message>
    <message>
      <source>Metrics of the panel</source>
      <translation>面板的指标</translation>
    </message>
    <message>
      <source>Search metrics</source>
      <translation>搜索指标</translation>
    </message>
    <message>
      <source>Title of the panel</source>
      <translation>面板标题</translation>
    </message>
    <message>
      <source>{count} metrics in this panel</source>
      <translation>此面板有 {count} 个指标</translation>
    </message>
  </context>
  <context>
    <name>MicrophonePane</name>
    <message>
      <source>Listening for the word</source>
      <translation>正在等这个词</translation>
    </message>
    <message>
      <source>Listening to the file…</source>
      <translation>正在听这个文件…</translation>
    </message>
    <message>
      <source>Listening to the file… {percent} %</source>
      <translation>正在听这个文件… {percent} %</translation>
    </message>
    <message>
      <source>Look for microphones again</source>
      <translation>重新查找麦克风</translation>
    </message>
    <message>
      <source>Microphone</source>
      <translation>麦克风</translation>
    </message>
    <message>
      <source>No microphone found</source>
      <translation>没有找到麦克风</translation>
    </message>
    <message>
      <source>Opening the microphone…</source>
      <translation>正在打开麦克风…</translation>
    </message>
    <message>
      <source>Ready. Nothing is kept until you press Record.</source>
      <translation>已就绪。按下“录音”之前不会保存任何内容。</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>录音</translation>
    </message>
    <message>
      <source>Recording {time}</source>
      <translation>正在录音 {time}</translation>
    </message>
    <message>
      <source>Recording. Getting ready to understand…</source>
      <translation>正在录音，识别准备中…</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>The microphone is off.</source>
      <translation>麦克风已关闭。</translation>
    </message>
    <message>
      <source>The microphone is on only while takes are recorded.</source>
      <translation>麦克风只在录制样本时打开。</translation>
    </message>
    <message>
      <source>The usual one</source>
      <translation>系统默认</translation>
    </message>
    <message>
      <source>The usual one ({name})</source>
      <translation>系统默认（{name}）</translation>
    </message>
    <message>
      <source>Understanding the last words…</source>
      <translation>正在识别最后几个词…</translation>
    </message>
    <message>
      <source>Writing the last take…</source>
      <translation>正在写入最后一个样本…</translation>
    </message>
  </context>
  <context>
    <name>MicrophonePart</name>
    <message>
      <source>The microphone is back; {seconds} s are missing.</source>
      <translation>麦克风已恢复；缺少 {seconds} 秒。</translation>
    </message>
    <message>
      <source>What was captured so far is safe.</source>
      <translation>此前录下的内容都已保存。</translation>
    </message>
  </context>
  <context>
    <name>MiniCurve</name>
    <message>
      <source>Loss while it learns</source>
      <translation>学习过程中的损失</translation>
    </message>
    <message>
      <source>Loss {value}</source>
      <translation>损失 {value}</translation>
    </message>
  </context>
  <context>
    <name>ModeBar</name>
    <message>
      <source>Commands</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>Digits</source>
      <translation>数字</translation>
    </message>
    <message>
      <source>Hear single words, live</source>
      <translation>实时听辨单个词</translation>
    </message>
    <message>
      <source>My words</source>
      <translation>我的词</translation>
    </message>
    <message>
      <source>Teach it words of your own</source>
      <translation>教它您自己的词</translation>
    </message>
    <message>
      <source>Transcribe</source>
      <translation>转写</translation>
    </message>
    <message>
      <source>Write down digits as a number</source>
      <translation>把说出的数字写成号码</translation>
    </message>
    <message>
      <source>Write down what is said</source>
      <translation>写下说的话</translation>
    </message>
  </context>
  <context>
    <name>ModelBar</name>
    <message>
      <source>Compare two models side by side</source>
      <translation>并排比较两个模型</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Second model, for comparison</source>
      <translation>用于比较的第二个模型</translation>
    </message>
  </context>
  <context>
    <name>ModelPicker</name>
    <message>
      <source>Add an engine folder…</source>
      <translation>添加引擎文件夹…</translation>
    </message>
    <message>
      <source>Folder of a sherpa-onnx streaming model</source>
      <translation>sherpa-onnx 流式模型的文件夹</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Model that listens</source>
      <translation>用来听的模型</translation>
    </message>
    <message>
      <source>No model</source>
      <translation>没有模型</translation>
    </message>
    <message>
      <source>Remove this engine</source>
      <translation>移除此引擎</translation>
    </message>
  </context>
  <context>
    <name>ModelsPage</name>
    <message>
      <source>Damaged</source>
      <translation>已损坏</translation>
    </message>
    <message>
      <source>Drop a .safetensors or .pth file anywhere to install it.</source>
      <translation>把 .safetensors 或 .pth 文件拖到任意位置即可安装。</translation>
    </message>
    <message>
      <source>Export the model</source>
      <translation>导出模型</translation>
    </message>
    <message>
      <source>Install a model</source>
      <translation>安装模型</translation>
    </message>
    <message>
      <source>Installed</source>
      <translation>已安装</translation>
    </message>
    <message>
      <source>Install…</source>
      <translation>安装…</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Models (*.safetensors *.pth *.pt)</source>
      <translation>模型 (*.safetensors *.pth *.pt)</translation>
    </message>
    <message>
      <source>Models (*.safetensors)</source>
      <translation>模型 (*.safetensors)</translation>
    </message>
    <message>
      <source>Published</source>
      <translation>公开发布</translation>
    </message>
    <message>
      <source>Reading the list…</source>
      <translation>正在读取列表…</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>搜索</translation>
    </message>
    <message>
      <source>Search models</source>
      <translation>搜索模型</translation>
    </message>
    <message>
      <source>Yours</source>
      <translation>你的模型</translation>
    </message>
    <message>
      <source>{name} is installed.</source>
      <translation>{name} 已安装。</translation>
    </message>
  </context>
  <context>
    <name>ModelsPresenter</name>
    <message>
      <source>The model was copied to {path}.</source>
      <translation>模型已复制到 {path}。</translation>
    </message>
    <message>
      <source>“{title}” is installed.</source>
      <translation>“{title}”已安装。</translation>
    </message>
    <message>
      <source>“{title}” was removed.</source>
      <translation>“{title}”已移除。</translation>
    </message>
  </context>
  <context>
    <name>ModelsWorkspace</name>
    <message>
      <source>&amp;Export this model…</source>
      <translation>导出此模型(&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Find a model</source>
      <translation>查找模型(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Install a model…</source>
      <translation>安装模型(&amp;I)…</translation>
    </message>
    <message>
      <source>&amp;Remove this model</source>
      <translation>移除此模型(&amp;R)</translation>
    </message>
    <message>
      <source>Install this model</source>
      <translation>安装这个模型</translation>
    </message>
    <message>
      <source>Install {count} models</source>
      <translation>安装 {count} 个模型</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
  </context>
  <context>
    <name>NewSetDialog</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Create</source>
      <translation>创建</translation>
    </message>
    <message>
      <source>Lamp and music</source>
      <translation>灯和音乐</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>New word set</source>
      <translation>新建词集</translation>
    </message>
    <message>
      <source>Words that sound different from each other are heard best. More can be added later.</source>
      <translation>读音差别大的词听得最准。以后还可以再添加。</translation>
    </message>
    <message>
      <source>Words, with commas between them</source>
      <translation>词，用逗号隔开</translation>
    </message>
    <message>
      <source>on, off, louder, softer</source>
      <translation>开灯，关灯，大声，小声</translation>
    </message>
  </context>
  <context>
    <name>NotesBar</name>
    <message>
      <source>The file of the runs was damaged. {runs} runs were saved; the old file is kept as {file}.</source>
      <translation>运行记录文件已损坏。已抢救 {runs} 次运行；旧文件保留为 {file}。</translation>
    </message>
  </context>
  <context>
    <name>OwnProgramDialog</name>
    <message>
      <source>A program of your own</source>
      <translation>您自己的程序</translation>
    </message>
  </context>
  <context>
    <name>PanelTools</name>
    <message>
      <source>&amp;Join what was split</source>
      <translation>合并拆开的指标(&amp;J)</translation>
    </message>
    <message>
      <source>&amp;Metrics…</source>
      <translation>指标…(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Split into single metrics</source>
      <translation>拆成单个指标(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Width</source>
      <translation>宽度(&amp;W)</translation>
    </message>
    <message>
      <source>All panels as they were at first</source>
      <translation>所有面板恢复原样</translation>
    </message>
    <message>
      <source>Bring back {title}</source>
      <translation>恢复“{title}”</translation>
    </message>
    <message>
      <source>Mer&amp;ge with</source>
      <translation>合并到此(&amp;G)</translation>
    </message>
    <message>
      <source>Move &amp;before</source>
      <translation>前移(&amp;B)</translation>
    </message>
    <message>
      <source>Move b&amp;ehind</source>
      <translation>后移(&amp;E)</translation>
    </message>
    <message>
      <source>One column</source>
      <translation>一列</translation>
    </message>
    <message>
      <source>The whole row</source>
      <translation>整行</translation>
    </message>
    <message>
      <source>Two columns</source>
      <translation>两列</translation>
    </message>
  </context>
  <context>
    <name>ParallelCoordinates</name>
    <message>
      <source>Settings and results of the runs</source>
      <translation>各次训练的设置和结果</translation>
    </message>
    <message>
      <source>{kept} of {count} runs over {axes} axes</source>
      <translation>{count} 次训练中的 {kept} 次，共 {axes} 个轴</translation>
    </message>
  </context>
  <context>
    <name>ParallelPane</name>
    <message>
      <source>Colour by</source>
      <translation>着色依据</translation>
    </message>
    <message>
      <source>Colour the lines by</source>
      <translation>线条着色依据</translation>
    </message>
    <message>
      <source>Nothing to compare yet</source>
      <translation>还没有可比较的内容</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Runs that differ in a setting and have a result appear here as lines.</source>
      <translation>设置不同且有结果的运行会在这里显示为折线。</translation>
    </message>
    <message>
      <source>Settings and results of the runs</source>
      <translation>各次训练的设置和结果</translation>
    </message>
    <message>
      <source>{count} runs</source>
      <translation>{count} 次运行</translation>
    </message>
  </context>
  <context>
    <name>PresentationWindow</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Larger letters</source>
      <translation>放大文字</translation>
    </message>
    <message>
      <source>Presentation</source>
      <translation>演示</translation>
    </message>
    <message>
      <source>Smaller letters</source>
      <translation>缩小文字</translation>
    </message>
  </context>
  <context>
    <name>ProcessesDialog</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Command</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>Copy the command</source>
      <translation>复制命令</translation>
    </message>
    <message>
      <source>Each process takes its share of every batch; the result is that of a single one. This pays with several graphics cards. On one processor alone, a single process is as quick.</source>
      <translation>每个进程处理每个批次的一部分，结果与单个进程相同。有多块显卡时值得使用；只有一个处理器时，单个进程一样快。</translation>
    </message>
    <message>
      <source>Processes</source>
      <translation>进程数</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>开始</translation>
    </message>
    <message>
      <source>The same from a terminal, with the recipe saved as a file:</source>
      <translation>在终端中同样可行（先把配方保存为文件）：</translation>
    </message>
    <message>
      <source>Train in several processes</source>
      <translation>用多个进程训练</translation>
    </message>
  </context>
  <context>
    <name>Rail</name>
    <message>
      <source>Workspaces</source>
      <translation>工作区</translation>
    </message>
  </context>
  <context>
    <name>RateControl</name>
    <message>
      <source>Back to the rate of the schedule</source>
      <translation>恢复计划的学习率</translation>
    </message>
    <message>
      <source>Factor of the learning rate</source>
      <translation>学习率倍数</translation>
    </message>
    <message>
      <source>Learning rate ×</source>
      <translation>学习率 ×</translation>
    </message>
    <message>
      <source>Multiplies the learning rate of the schedule from the next step on</source>
      <translation>从下一步起把计划的学习率乘以此数</translation>
    </message>
  </context>
  <context>
    <name>RateDialog</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Find a learning rate</source>
      <translation>寻找学习率</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>进度</translation>
    </message>
    <message>
      <source>Suggested: {rate}, where the loss falls fastest. Click the curve for another one.</source>
      <translation>建议：{rate}，损失在此下降最快。点击曲线可另选。</translation>
    </message>
    <message>
      <source>The rate rises from step to step while the loss is watched.</source>
      <translation>学习率逐步升高，同时观察损失。</translation>
    </message>
    <message>
      <source>Use this rate</source>
      <translation>使用此学习率</translation>
    </message>
    <message>
      <source>Use {rate}</source>
      <translation>使用 {rate}</translation>
    </message>
  </context>
  <context>
    <name>RatePlot</name>
    <message>
      <source>Chosen rate {rate}</source>
      <translation>所选学习率 {rate}</translation>
    </message>
    <message>
      <source>Learning rate</source>
      <translation>学习率</translation>
    </message>
    <message>
      <source>Loss over the learning rate</source>
      <translation>损失随学习率的变化</translation>
    </message>
  </context>
  <context>
    <name>ReadingForm</name>
    <message>
      <source>Column of the label</source>
      <translation>标签列</translation>
    </message>
    <message>
      <source>Column of the text</source>
      <translation>文本列</translation>
    </message>
    <message>
      <source>Column {number}</source>
      <translation>第 {number} 列</translation>
    </message>
    <message>
      <source>From</source>
      <translation>源</translation>
    </message>
    <message>
      <source>Label</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>Learn to</source>
      <translation>学习</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>The first row holds names</source>
      <translation>第一行是列名</translation>
    </message>
    <message>
      <source>To</source>
      <translation>目标</translation>
    </message>
    <message>
      <source>What is learnt</source>
      <translation>学习的任务</translation>
    </message>
  </context>
  <context>
    <name>RecipePane</name>
    <message>
      <source>A fifth of the time: does it learn at all?</source>
      <translation>五分之一的时间：看看能否学会</translation>
    </message>
    <message>
      <source>Do it again</source>
      <translation>重做</translation>
    </message>
    <message>
      <source>More with the recipe</source>
      <translation>配方的更多操作</translation>
    </message>
    <message>
      <source>Name of the model</source>
      <translation>模型名称</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>网络</translation>
    </message>
    <message>
      <source>Network and settings</source>
      <translation>网络与设置</translation>
    </message>
    <message>
      <source>Open a recipe…</source>
      <translation>打开配方…</translation>
    </message>
    <message>
      <source>Quick try</source>
      <translation>快速尝试</translation>
    </message>
    <message>
      <source>Recipe</source>
      <translation>配方</translation>
    </message>
    <message>
      <source>Recipe made for these data</source>
      <translation>为这些数据生成的配方</translation>
    </message>
    <message>
      <source>Reset all settings</source>
      <translation>重置所有设置</translation>
    </message>
    <message>
      <source>Save the recipe…</source>
      <translation>保存配方…</translation>
    </message>
    <message>
      <source>Shipped recipe: {name}</source>
      <translation>自带配方：{name}</translation>
    </message>
    <message>
      <source>Thorough</source>
      <translation>充分训练</translation>
    </message>
    <message>
      <source>Three times as long, keeping the best weights</source>
      <translation>三倍时间，保留最佳权重</translation>
    </message>
    <message>
      <source>Undo the last change of a setting</source>
      <translation>撤销上一次设置更改</translation>
    </message>
    <message>
      <source>Usual</source>
      <translation>常规</translation>
    </message>
    <message>
      <source>What suits data of this size</source>
      <translation>适合这种规模的数据</translation>
    </message>
  </context>
  <context>
    <name>RecordingsPanel</name>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Digits</source>
      <translation>数字</translation>
    </message>
    <message>
      <source>No recording has these words.</source>
      <translation>没有包含这些词的录音。</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Recordings</source>
      <translation>录音</translation>
    </message>
    <message>
      <source>Recordings appear here.</source>
      <translation>录音会显示在这里。</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>重命名…</translation>
    </message>
    <message>
      <source>Search what was said</source>
      <translation>搜索说过的话</translation>
    </message>
    <message>
      <source>Single words</source>
      <translation>单个词</translation>
    </message>
    <message>
      <source>Transcribe again…</source>
      <translation>重新转写…</translation>
    </message>
  </context>
  <context>
    <name>RecordingsPart</name>
    <message>
      <source>A recording that was interrupted has been recovered.</source>
      <translation>一段被中断的录音已恢复。</translation>
    </message>
    <message>
      <source>List the recordings</source>
      <translation>列出录音</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <source>Title of the recording</source>
      <translation>录音标题</translation>
    </message>
    <message>
      <source>{name} was deleted.</source>
      <translation>{name} 已删除。</translation>
    </message>
  </context>
  <context>
    <name>ResultCard</name>
    <message>
      <source>Change and train again</source>
      <translation>修改后再训练</translation>
    </message>
    <message>
      <source>Compare with other runs</source>
      <translation>与其他训练比较</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>详情</translation>
    </message>
    <message>
      <source>It is installed as “{title}” once you use it.</source>
      <translation>使用后将安装为“{title}”。</translation>
    </message>
    <message>
      <source>Look closer</source>
      <translation>深入查看</translation>
    </message>
    <message>
      <source>Open the folder</source>
      <translation>打开文件夹</translation>
    </message>
    <message>
      <source>Stopped. The run can go on from where it stands.</source>
      <translation>已停止。可以从当前位置继续。</translation>
    </message>
    <message>
      <source>Trained in {time}. The model is ready.</source>
      <translation>训练用时 {time}，模型已就绪。</translation>
    </message>
    <message>
      <source>Use the model</source>
      <translation>使用模型</translation>
    </message>
  </context>
  <context>
    <name>RowsModel</name>
    <message>
      <source>Answer</source>
      <translation>答案</translation>
    </message>
    <message>
      <source>Given</source>
      <translation>原标签</translation>
    </message>
    <message>
      <source>Sure</source>
      <translation>把握</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
  </context>
  <context>
    <name>RowsPane</name>
    <message>
      <source>All {count}</source>
      <translation>全部 {count}</translation>
    </message>
    <message>
      <source>Column with the texts</source>
      <translation>文本所在的列</translation>
    </message>
    <message>
      <source>Column {n}</source>
      <translation>第 {n} 列</translation>
    </message>
    <message>
      <source>Double-click a row to read it on the left</source>
      <translation>双击一行，在左侧阅读</translation>
    </message>
    <message>
      <source>Export CSV…</source>
      <translation>导出 CSV…</translation>
    </message>
    <message>
      <source>Many texts at once</source>
      <translation>一次处理许多文本</translation>
    </message>
    <message>
      <source>Open a table (CSV, TSV or JSON) or a file with a text a line: each row gets an answer.</source>
      <translation>打开一个表格（CSV、TSV 或 JSON），或每行一段文本的文件：每一行都会得到一个回答。</translation>
    </message>
    <message>
      <source>Open a table…</source>
      <translation>打开表格…</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>进度</translation>
    </message>
    <message>
      <source>Rows and answers</source>
      <translation>各行及其答案</translation>
    </message>
    <message>
      <source>Save the table</source>
      <translation>保存表格</translation>
    </message>
    <message>
      <source>Saved {name}.</source>
      <translation>已保存 {name}。</translation>
    </message>
    <message>
      <source>Show rows with this answer</source>
      <translation>只显示答案为此的行</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>The table is not in UTF-8. It was read as {encoding}: if letters look wrong, that is why.</source>
      <translation>该表格不是 UTF-8 编码，已按 {encoding} 读取：如果有字显示不对，原因就在这里。</translation>
    </message>
    <message>
      <source>{done} of {total} rows</source>
      <translation>{total} 行中的 {done} 行</translation>
    </message>
    <message>
      <source>{share} % agree with the given labels</source>
      <translation>{share} % 与原标签一致</translation>
    </message>
  </context>
  <context>
    <name>RowsPresenter</name>
    <message>
      <source>Answer the rows</source>
      <translation>逐行作答</translation>
    </message>
    <message>
      <source>Read the table</source>
      <translation>读取表格</translation>
    </message>
    <message>
      <source>Write the table</source>
      <translation>写入表格</translation>
    </message>
  </context>
  <context>
    <name>RunCurves</name>
    <message>
      <source>All runs</source>
      <translation>所有训练</translation>
    </message>
    <message>
      <source>training</source>
      <translation>训练</translation>
    </message>
  </context>
  <context>
    <name>RunHeader</name>
    <message>
      <source>Failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>Finish after this epoch and keep the model</source>
      <translation>本轮结束后完成并保留模型</translation>
    </message>
    <message>
      <source>Finished</source>
      <translation>已完成</translation>
    </message>
    <message>
      <source>Getting ready</source>
      <translation>正在准备</translation>
    </message>
    <message>
      <source>Go on training</source>
      <translation>继续训练</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>已暂停</translation>
    </message>
    <message>
      <source>Pausing…</source>
      <translation>正在暂停…</translation>
    </message>
    <message>
      <source>Progress of the training</source>
      <translation>训练进度</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stop after this epoch</source>
      <translation>本轮结束后停止</translation>
    </message>
    <message>
      <source>Stop after this step</source>
      <translation>本步结束后停止</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>已停止</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>正在停止…</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Try the network as it is now, while training goes on</source>
      <translation>在训练继续的同时试用当前的网络</translation>
    </message>
    <message>
      <source>Use it now</source>
      <translation>立即使用</translation>
    </message>
    <message>
      <source>epoch {epoch} of {epochs}</source>
      <translation>第 {epoch} 轮，共 {epochs} 轮</translation>
    </message>
    <message>
      <source>run {number} of {count}</source>
      <translation>第 {number} 次，共 {count} 次</translation>
    </message>
    <message>
      <source>step {step} of {total}</source>
      <translation>第 {step} 步，共 {total} 步</translation>
    </message>
    <message>
      <source>{count} samples/s</source>
      <translation>{count} 样本/秒</translation>
    </message>
    <message>
      <source>{time} left</source>
      <translation>剩余 {time}</translation>
    </message>
  </context>
  <context>
    <name>RunLegend</name>
    <message>
      <source>Filter runs (.* works)</source>
      <translation>筛选训练（可用 .*）</translation>
    </message>
    <message>
      <source>Filter runs by a regular expression</source>
      <translation>用正则表达式筛选训练</translation>
    </message>
  </context>
  <context>
    <name>RunPage</name>
    <message>
      <source>No run yet</source>
      <translation>还没有训练</translation>
    </message>
    <message>
      <source>Open data and press Start: every step will be drawn here as it happens.</source>
      <translation>打开数据并按“开始”：每一步都会即时画在这里。</translation>
    </message>
    <message>
      <source>Set up a training</source>
      <translation>设置训练</translation>
    </message>
  </context>
  <context>
    <name>RunPane</name>
    <message>
      <source>About</source>
      <translation>关于</translation>
    </message>
    <message>
      <source>No run is selected</source>
      <translation>未选择运行</translation>
    </message>
    <message>
      <source>Parallel</source>
      <translation>平行坐标</translation>
    </message>
    <message>
      <source>Select one or more runs in the table to lay their curves over each other.</source>
      <translation>在表格中选择一次或多次运行，将它们的曲线叠加显示。</translation>
    </message>
    <message>
      <source>Sounds</source>
      <translation>声音</translation>
    </message>
    <message>
      <source>The first {some} of {all} runs are drawn.</source>
      <translation>只绘制了 {all} 次运行中的前 {some} 次。</translation>
    </message>
  </context>
  <context>
    <name>RunRowWidget</name>
    <message>
      <source>Choose another colour</source>
      <translation>选择其他颜色</translation>
    </message>
    <message>
      <source>Colour of the run</source>
      <translation>这次训练的颜色</translation>
    </message>
    <message>
      <source>Colour of {run}</source>
      <translation>{run} 的颜色</translation>
    </message>
    <message>
      <source>Draw {run} over the others</source>
      <translation>将 {run} 绘制在最上层</translation>
    </message>
    <message>
      <source>Show {run}</source>
      <translation>显示 {run}</translation>
    </message>
  </context>
  <context>
    <name>RunView</name>
    <message>
      <source>Activations</source>
      <translation>激活</translation>
    </message>
    <message>
      <source>Confusion</source>
      <translation>混淆矩阵</translation>
    </message>
    <message>
      <source>Curves</source>
      <translation>曲线</translation>
    </message>
    <message>
      <source>Events</source>
      <translation>事件</translation>
    </message>
    <message>
      <source>Histograms</source>
      <translation>直方图</translation>
    </message>
    <message>
      <source>Samples</source>
      <translation>示例</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>System</source>
      <translation>系统</translation>
    </message>
  </context>
  <context>
    <name>RunWatch</name>
    <message>
      <source>Runs</source>
      <translation>运行</translation>
    </message>
    <message>
      <source>{count} runs have failed.</source>
      <translation>{count} 个运行失败了。</translation>
    </message>
    <message>
      <source>{count} runs have finished.</source>
      <translation>{count} 个运行已完成。</translation>
    </message>
    <message>
      <source>{count} runs were interrupted: their programs ended without a word.</source>
      <translation>{count} 个运行中断了：其程序未作说明就结束了。</translation>
    </message>
    <message>
      <source>“{name}” has failed.</source>
      <translation>“{name}”失败了。</translation>
    </message>
    <message>
      <source>“{name}” has finished.</source>
      <translation>“{name}”已完成。</translation>
    </message>
    <message>
      <source>“{name}” was interrupted: its program ended without a word.</source>
      <translation>“{name}”已中断：其程序意外结束。</translation>
    </message>
    <message>
      <source>“{name}”: {words}</source>
      <translation>“{name}”：{words}</translation>
    </message>
  </context>
  <context>
    <name>RunsCommands</name>
    <message>
      <source>&amp;Archive…</source>
      <translation>归档(&amp;A)…</translation>
    </message>
    <message>
      <source>&amp;Delete runs</source>
      <translation>删除运行(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Filter runs</source>
      <translation>筛选运行(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Go on training</source>
      <translation>继续训练(&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Hide or show curves</source>
      <translation>隐藏或显示曲线(&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Open a TensorBoard folder…</source>
      <translation>打开 TensorBoard 文件夹(&amp;O)…</translation>
    </message>
    <message>
      <source>&amp;Pin or unpin</source>
      <translation>固定或取消固定(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Star or unstar</source>
      <translation>加上或去掉星标(&amp;S)</translation>
    </message>
    <message>
      <source>A program of your own…</source>
      <translation>您自己的程序…</translation>
    </message>
    <message>
      <source>A run that goes on cannot be deleted. Stop it first.</source>
      <translation>正在进行的运行不能删除。请先停止它。</translation>
    </message>
    <message>
      <source>Archive the run</source>
      <translation>归档运行</translation>
    </message>
    <message>
      <source>Archive the runs</source>
      <translation>归档运行</translation>
    </message>
    <message>
      <source>Archived runs</source>
      <translation>已归档的运行</translation>
    </message>
    <message>
      <source>Archived run…</source>
      <translation>已归档的运行…</translation>
    </message>
    <message>
      <source>Archive…</source>
      <translation>归档…</translation>
    </message>
    <message>
      <source>CSV table…</source>
      <translation>CSV 表格…</translation>
    </message>
    <message>
      <source>Colour</source>
      <translation>颜色</translation>
    </message>
    <message>
      <source>Copy s&amp;ettings</source>
      <translation>复制设置(&amp;E)</translation>
    </message>
    <message>
      <source>Copy settings</source>
      <translation>复制设置</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Deleted &amp;runs…</source>
      <translation>已删除的运行(&amp;R)…</translation>
    </message>
    <message>
      <source>Deleted runs…</source>
      <translation>已删除的运行…</translation>
    </message>
    <message>
      <source>E&amp;xport to TensorBoard…</source>
      <translation>导出为 TensorBoard(&amp;X)…</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>导出</translation>
    </message>
    <message>
      <source>Export the runs</source>
      <translation>导出运行</translation>
    </message>
    <message>
      <source>Export the runs into a folder</source>
      <translation>将运行导出到文件夹</translation>
    </message>
    <message>
      <source>Go on training</source>
      <translation>继续训练</translation>
    </message>
    <message>
      <source>Hide curves</source>
      <translation>隐藏曲线</translation>
    </message>
    <message>
      <source>JSON…</source>
      <translation>JSON…</translation>
    </message>
    <message>
      <source>Open a TensorBoard folder</source>
      <translation>打开 TensorBoard 文件夹</translation>
    </message>
    <message>
      <source>Open an archive</source>
      <translation>打开归档</translation>
    </message>
    <message>
      <source>Parquet table…</source>
      <translation>Parquet 表格…</translation>
    </message>
    <message>
      <source>Pin</source>
      <translation>固定</translation>
    </message>
    <message>
      <source>Remove the star</source>
      <translation>去掉星标</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>运行</translation>
    </message>
    <message>
      <source>Select all</source>
      <translation>全选</translation>
    </message>
    <message>
      <source>Show curves</source>
      <translation>显示曲线</translation>
    </message>
    <message>
      <source>Sort by</source>
      <translation>排序依据</translation>
    </message>
    <message>
      <source>Star</source>
      <translation>加星标</translation>
    </message>
    <message>
      <source>Stop following {name}</source>
      <translation>停止跟踪 {name}</translation>
    </message>
    <message>
      <source>Storage use</source>
      <translation>存储占用</translation>
    </message>
    <message>
      <source>TensorBoard events…</source>
      <translation>TensorBoard 事件…</translation>
    </message>
    <message>
      <source>TensorBoard folder…</source>
      <translation>TensorBoard 文件夹…</translation>
    </message>
    <message>
      <source>The settings were copied.</source>
      <translation>设置已复制。</translation>
    </message>
    <message>
      <source>Train again with these settings</source>
      <translation>用这些设置重新训练</translation>
    </message>
    <message>
      <source>Unpin</source>
      <translation>取消固定</translation>
    </message>
    <message>
      <source>runs</source>
      <translation>运行</translation>
    </message>
  </context>
  <context>
    <name>RunsMenus</name>
    <message>
      <source>Automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>蓝色</translation>
    </message>
    <message>
      <source>Green</source>
      <translation>绿色</translation>
    </message>
    <message>
      <source>Ochre</source>
      <translation>赭色</translation>
    </message>
    <message>
      <source>Orange</source>
      <translation>橙色</translation>
    </message>
    <message>
      <source>Pink</source>
      <translation>粉色</translation>
    </message>
    <message>
      <source>Purple</source>
      <translation>紫色</translation>
    </message>
    <message>
      <source>Sky</source>
      <translation>天蓝色</translation>
    </message>
    <message>
      <source>Teal</source>
      <translation>青色</translation>
    </message>
  </context>
  <context>
    <name>RunsPage</name>
    <message>
      <source>1 run</source>
      <translation>1 次运行</translation>
    </message>
    <message>
      <source>{count} runs</source>
      <translation>{count} 次运行</translation>
    </message>
    <message>
      <source>{count} selected</source>
      <translation>已选 {count} 项</translation>
    </message>
    <message>
      <source>{some} of {all} runs</source>
      <translation>{all} 次运行中的 {some} 次</translation>
    </message>
  </context>
  <context>
    <name>RunsPresenter</name>
    <message>
      <source>Removed for good: {count}.</source>
      <translation>已永久删除：{count}。</translation>
    </message>
    <message>
      <source>The run was written to {path}.</source>
      <translation>运行已写入 {path}。</translation>
    </message>
    <message>
      <source>{count} runs were deleted.</source>
      <translation>已删除 {count} 次运行。</translation>
    </message>
    <message>
      <source>{count} runs were written to {path}.</source>
      <translation>{count} 次运行已写入 {path}。</translation>
    </message>
    <message>
      <source>“{name}” was deleted.</source>
      <translation>“{name}”已删除。</translation>
    </message>
  </context>
  <context>
    <name>RunsTable</name>
    <message>
      <source>No run matches the filter.</source>
      <translation>没有符合筛选条件的运行。</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>运行</translation>
    </message>
  </context>
  <context>
    <name>RunsWorkspace</name>
    <message>
      <source>Restore archived runs</source>
      <translation>恢复已归档的运行</translation>
    </message>
    <message>
      <source>Show and follow these TensorBoard runs</source>
      <translation>显示并跟踪这些 TensorBoard 运行</translation>
    </message>
  </context>
  <context>
    <name>SampleGrid</name>
    <message>
      <source>Samples</source>
      <translation>示例</translation>
    </message>
    <message>
      <source>is {name}</source>
      <translation>实为 {name}</translation>
    </message>
    <message>
      <source>was {name}</source>
      <translation>原为 {name}</translation>
    </message>
    <message>
      <source>{right} of {total} right, {changed} answers changed</source>
      <translation>{total} 个中 {right} 个正确，{changed} 个答案有变化</translation>
    </message>
  </context>
  <context>
    <name>SampleList</name>
    <message>
      <source>Samples</source>
      <translation>示例</translation>
    </message>
  </context>
  <context>
    <name>SamplesDialog</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Leave out the selected</source>
      <translation>排除所选</translation>
    </message>
    <message>
      <source>Samples</source>
      <translation>示例</translation>
    </message>
  </context>
  <context>
    <name>Sections</name>
    <message>
      <source>Answers</source>
      <translation>答案</translation>
    </message>
    <message>
      <source>Averages the picture and its mirror image</source>
      <translation>对图片及其镜像的结果取平均</translation>
    </message>
    <message>
      <source>Averages the picture moved by a pixel, too</source>
      <translation>还对平移一个像素的图片取平均</translation>
    </message>
    <message>
      <source>Bytes</source>
      <translation>字节</translation>
    </message>
    <message>
      <source>Calibration error</source>
      <translation>校准误差</translation>
    </message>
    <message>
      <source>Centres the digit and makes it white on black</source>
      <translation>把数字居中，并变成黑底白字</translation>
    </message>
    <message>
      <source>Copy the command</source>
      <translation>复制命令</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>数据</translation>
    </message>
    <message>
      <source>File</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>Fitting</source>
      <translation>图片适配</translation>
    </message>
    <message>
      <source>How it works</source>
      <translation>工作方式</translation>
    </message>
    <message>
      <source>Input</source>
      <translation>输入</translation>
    </message>
    <message>
      <source>Labels ({count})</source>
      <translation>标签（{count}）</translation>
    </message>
    <message>
      <source>Letters</source>
      <translation>字母</translation>
    </message>
    <message>
      <source>Listens at</source>
      <translation>采样</translation>
    </message>
    <message>
      <source>Longest text</source>
      <translation>最长的文本</translation>
    </message>
    <message>
      <source>Looks at</source>
      <translation>输入尺寸</translation>
    </message>
    <message>
      <source>Measured</source>
      <translation>实测结果</translation>
    </message>
    <message>
      <source>Mirror</source>
      <translation>镜像</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>网络</translation>
    </message>
    <message>
      <source>None of these</source>
      <translation>都不是</translation>
    </message>
    <message>
      <source>Nothing was measured for this model.</source>
      <translation>这个模型没有实测数据。</translation>
    </message>
    <message>
      <source>Pads a picture to its shape</source>
      <translation>给图片补边以符合输入形状</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>参数量</translation>
    </message>
    <message>
      <source>Pieces of words</source>
      <translation>词的片段</translation>
    </message>
    <message>
      <source>Reads</source>
      <translation>读取单位</translation>
    </message>
    <message>
      <source>Says so when a picture shows none of its labels</source>
      <translation>图片不属于任何标签时会直接说明</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>随机种子</translation>
    </message>
    <message>
      <source>Shift</source>
      <translation>平移</translation>
    </message>
    <message>
      <source>Show {count} more</source>
      <translation>再显示 {count} 个</translation>
    </message>
    <message>
      <source>Sounds ({count})</source>
      <translation>音素（{count}）</translation>
    </message>
    <message>
      <source>Squashes a picture to its shape</source>
      <translation>把图片拉伸到输入形状</translation>
    </message>
    <message>
      <source>Takes the middle of a picture</source>
      <translation>取图片的中间部分</translation>
    </message>
    <message>
      <source>Temperature</source>
      <translation>温度</translation>
    </message>
    <message>
      <source>Terms: {terms}</source>
      <translation>条款：{terms}</translation>
    </message>
    <message>
      <source>This command trains it again; DIR is the folder with the data:</source>
      <translation>用这条命令可重新训练；DIR 是数据所在的文件夹：</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>版本</translation>
    </message>
    <message>
      <source>Vocabulary</source>
      <translation>词汇量</translation>
    </message>
    <message>
      <source>What was measured is measured again by:</source>
      <translation>用以下命令可重新测得这些数值：</translation>
    </message>
    <message>
      <source>Words</source>
      <translation>词汇</translation>
    </message>
    <message>
      <source>colour</source>
      <translation>彩色</translation>
    </message>
    <message>
      <source>every {step} ms</source>
      <translation>每 {step} 毫秒</translation>
    </message>
    <message>
      <source>grey</source>
      <translation>灰度</translation>
    </message>
    <message>
      <source>{count} examples</source>
      <translation>{count} 个样本</translation>
    </message>
    <message>
      <source>{rate} kHz, {bands} bands</source>
      <translation>{rate} kHz，{bands} 个频带</translation>
    </message>
  </context>
  <context>
    <name>SeriesCard</name>
    <message>
      <source>Change and train again</source>
      <translation>修改后再训练</translation>
    </message>
    <message>
      <source>Compare with other runs</source>
      <translation>与其他训练比较</translation>
    </message>
    <message>
      <source>Cross-validation</source>
      <translation>交叉验证</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Runs of the series</source>
      <translation>这一系列训练</translation>
    </message>
    <message>
      <source>The same with other seeds</source>
      <translation>使用其他随机种子</translation>
    </message>
    <message>
      <source>{name}: {mean} ± {spread}</source>
      <translation>{name}：{mean} ± {spread}</translation>
    </message>
  </context>
  <context>
    <name>SettingRow</name>
    <message>
      <source>Reset “{title}”</source>
      <translation>重置“{title}”</translation>
    </message>
  </context>
  <context>
    <name>SettingsDialog</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Groups of settings</source>
      <translation>设置分组</translation>
    </message>
    <message>
      <source>Restore defaults</source>
      <translation>恢复默认值</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
  </context>
  <context>
    <name>SettingsForm</name>
    <message>
      <source>No setting is called like this.</source>
      <translation>没有这个名称的设置。</translation>
    </message>
    <message>
      <source>Search the settings</source>
      <translation>搜索设置</translation>
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>Filter settings</source>
      <translation>筛选设置</translation>
    </message>
    <message>
      <source>Only what &amp;differs</source>
      <translation>仅显示不同项(&amp;D)</translation>
    </message>
    <message>
      <source>Setting</source>
      <translation>设置项</translation>
    </message>
    <message>
      <source>Settings of the runs</source>
      <translation>各次训练的设置</translation>
    </message>
  </context>
  <context>
    <name>SetupPage</name>
    <message>
      <source>Checks and start</source>
      <translation>检查与开始</translation>
    </message>
    <message>
      <source>Looking at the data…</source>
      <translation>正在查看数据…</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
  </context>
  <context>
    <name>SetupPresenter</name>
    <message>
      <source>The recipe was written to {path}.</source>
      <translation>配方已写入 {path}。</translation>
    </message>
    <message>
      <source>the settings of that run</source>
      <translation>该次训练的设置</translation>
    </message>
  </context>
  <context>
    <name>ShortcutsDialog</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Command</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>Default</source>
      <translation>默认</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>键盘快捷键</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>按键</translation>
    </message>
    <message>
      <source>New keys</source>
      <translation>新按键</translation>
    </message>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>Reset all</source>
      <translation>全部重置</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Search by name or keys</source>
      <translation>按名称或按键搜索</translation>
    </message>
    <message>
      <source>Search shortcuts</source>
      <translation>搜索快捷键</translation>
    </message>
    <message>
      <source>Shortcuts</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>位置</translation>
    </message>
    <message>
      <source>{keys} already belongs to “{command}”.</source>
      <translation>{keys} 已用于“{command}”。</translation>
    </message>
  </context>
  <context>
    <name>SinglePage</name>
    <message>
      <source>Answer</source>
      <translation>答案</translation>
    </message>
    <message>
      <source>Drawing</source>
      <translation>绘图</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>原因</translation>
    </message>
  </context>
  <context>
    <name>SnippetCard</name>
    <message>
      <source>Add these lines; the run appears here within a moment.</source>
      <translation>加入这几行，运行马上就会出现在这里。</translation>
    </message>
    <message>
      <source>Copy these lines</source>
      <translation>复制这几行</translation>
    </message>
    <message>
      <source>Lightning: Trainer(logger=DeepStudioLogger(…)); Keras: fit(callbacks=[DeepStudioCallback(…)]).
A program that writes TensorBoard files needs no change: drop their folder on the window.</source>
      <translation>Lightning：Trainer(logger=DeepStudioLogger(…))；Keras：fit(callbacks=[DeepStudioCallback(…)])。
写 TensorBoard 文件的程序无需改动：把其文件夹拖到窗口上即可。</translation>
    </message>
    <message>
      <source>Lines for a training program</source>
      <translation>用于训练程序的代码行</translation>
    </message>
    <message>
      <source>The lines were copied.</source>
      <translation>代码已复制。</translation>
    </message>
    <message>
      <source>Watch a training program of your own</source>
      <translation>观察自己的训练程序</translation>
    </message>
  </context>
  <context>
    <name>SoundView</name>
    <message>
      <source>Wave and spectrogram of the last ten seconds</source>
      <translation>最近十秒的波形和频谱图</translation>
    </message>
  </context>
  <context>
    <name>SoundsPage</name>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>mono</source>
      <translation>单声道</translation>
    </message>
    <message>
      <source>stereo</source>
      <translation>立体声</translation>
    </message>
    <message>
      <source>{count} channels</source>
      <translation>{count} 声道</translation>
    </message>
    <message>
      <source>{seconds} s, {rate} kHz, {channels}</source>
      <translation>{seconds} 秒，{rate} kHz，{channels}</translation>
    </message>
  </context>
  <context>
    <name>SpeechPresenter</name>
    <message>
      <source>Microphone</source>
      <translation>麦克风</translation>
    </message>
    <message>
      <source>Transcribe</source>
      <translation>转写</translation>
    </message>
  </context>
  <context>
    <name>SpeechView</name>
    <message>
      <source>Listening…</source>
      <translation>正在聆听…</translation>
    </message>
    <message>
      <source>Look at the engine</source>
      <translation>检查引擎</translation>
    </message>
    <message>
      <source>No model for this is installed: sound is recorded, but not understood.</source>
      <translation>没有安装所需的模型：会录音，但不会识别。</translation>
    </message>
    <message>
      <source>No speech model is installed.</source>
      <translation>没有安装语音模型。</translation>
    </message>
    <message>
      <source>Only sound is kept.</source>
      <translation>只保存声音。</translation>
    </message>
    <message>
      <source>Recording</source>
      <translation>正在录音</translation>
    </message>
    <message>
      <source>Stop the recording first.</source>
      <translation>请先停止录音。</translation>
    </message>
    <message>
      <source>The files are read one after another; Stop leaves out the rest.</source>
      <translation>文件将依次读取；按“停止”可跳过其余文件。</translation>
    </message>
  </context>
  <context>
    <name>SpeechWorkspace</name>
    <message>
      <source>&amp;Copy the Text</source>
      <translation>复制文字(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Play the Recording</source>
      <translation>播放录音(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Record or Stop</source>
      <translation>录音或停止(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Show the Text Large</source>
      <translation>大字显示(&amp;S)</translation>
    </message>
    <message>
      <source>Speech</source>
      <translation>语音</translation>
    </message>
    <message>
      <source>Transcribe a Sound &amp;File…</source>
      <translation>转写声音文件(&amp;F)…</translation>
    </message>
    <message>
      <source>Write down what is said</source>
      <translation>写下说的话</translation>
    </message>
  </context>
  <context>
    <name>SplitBar</name>
    <message>
      <source>Test</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Validation</source>
      <translation>验证</translation>
    </message>
  </context>
  <context>
    <name>StartPane</name>
    <message>
      <source>Cross-validate…</source>
      <translation>交叉验证…</translation>
    </message>
    <message>
      <source>Find a learning rate…</source>
      <translation>寻找学习率…</translation>
    </message>
    <message>
      <source>More</source>
      <translation>更多</translation>
    </message>
    <message>
      <source>Other ways to train</source>
      <translation>其他训练方式</translation>
    </message>
    <message>
      <source>Repeat with other seeds…</source>
      <translation>换随机种子重复…</translation>
    </message>
    <message>
      <source>Start training</source>
      <translation>开始训练</translation>
    </message>
    <message>
      <source>Train in several processes…</source>
      <translation>用多个进程训练…</translation>
    </message>
  </context>
  <context>
    <name>StateMap</name>
    <message>
      <source>What the units held after each token</source>
      <translation>每个词元之后各单元的值</translation>
    </message>
  </context>
  <context>
    <name>StatesPane</name>
    <message>
      <source>After “{word}”: unit {unit} {value}, mean {mean}</source>
      <translation>读到“{word}”之后：单元 {unit} 为 {value}，平均 {mean}</translation>
    </message>
    <message>
      <source>From the end</source>
      <translation>从末尾读起</translation>
    </message>
    <message>
      <source>Layer</source>
      <translation>层</translation>
    </message>
    <message>
      <source>Layer {n}</source>
      <translation>第 {n} 层</translation>
    </message>
    <message>
      <source>Point at the picture to read a value.</source>
      <translation>指向图片可读取数值。</translation>
    </message>
    <message>
      <source>Show the half of the layer that reads from the end to the beginning</source>
      <translation>显示该层中从末尾读向开头的那一半</translation>
    </message>
    <message>
      <source>Units down, the longest memory first; bars show the mean.</source>
      <translation>纵向为单元，记忆最长的在前；上方的条表示平均值。</translation>
    </message>
  </context>
  <context>
    <name>StatusDetail</name>
    <message>
      <source>Chosen with the first job</source>
      <translation>在第一个任务时选定</translation>
    </message>
    <message>
      <source>DeepStudio uses</source>
      <translation>DeepStudio 占用</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <source>Free memory</source>
      <translation>可用内存</translation>
    </message>
    <message>
      <source>Idle</source>
      <translation>空闲</translation>
    </message>
    <message>
      <source>Stop all jobs</source>
      <translation>停止所有任务</translation>
    </message>
    <message>
      <source>This machine</source>
      <translation>本机</translation>
    </message>
    <message>
      <source>Work</source>
      <translation>任务</translation>
    </message>
    <message>
      <source>{count} waiting</source>
      <translation>{count} 个等待中</translation>
    </message>
  </context>
  <context>
    <name>StatusStrip</name>
    <message>
      <source>Device {device}, memory {memory}, {jobs}</source>
      <translation>设备 {device}，内存 {memory}，{jobs}</translation>
    </message>
    <message>
      <source>Idle</source>
      <translation>空闲</translation>
    </message>
    <message>
      <source>Jobs: {count}</source>
      <translation>任务：{count}</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>就绪</translation>
    </message>
    <message>
      <source>not used yet</source>
      <translation>尚未使用</translation>
    </message>
  </context>
  <context>
    <name>Strips</name>
    <message>
      <source>Forget the last answers</source>
      <translation>清除最近的答案</translation>
    </message>
    <message>
      <source>Last answers</source>
      <translation>最近的答案</translation>
    </message>
    <message>
      <source>Samples</source>
      <translation>示例</translation>
    </message>
  </context>
  <context>
    <name>TakeTiles</name>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Take {number}, {seconds} s. Click to hear it, Delete removes it.</source>
      <translation>样本 {number}，{seconds} 秒。单击可播放，按 Delete 删除。</translation>
    </message>
    <message>
      <source>Takes of this word</source>
      <translation>这个词的样本</translation>
    </message>
  </context>
  <context>
    <name>TakesPresenter</name>
    <message>
      <source>Record takes</source>
      <translation>录制样本</translation>
    </message>
  </context>
  <context>
    <name>TextCard</name>
    <message>
      <source>Clear</source>
      <translation>清空</translation>
    </message>
    <message>
      <source>Examples</source>
      <translation>示例</translation>
    </message>
    <message>
      <source>Only {count} characters were taken; a text here holds at most {most}.</source>
      <translation>只取了 {count} 个字符；此处的文本最多 {most} 个字符。</translation>
    </message>
    <message>
      <source>Open…</source>
      <translation>打开…</translation>
    </message>
    <message>
      <source>{letters} characters</source>
      <translation>{letters} 个字符</translation>
    </message>
    <message>
      <source>{words} words, {letters} characters</source>
      <translation>{words} 个词，{letters} 个字符</translation>
    </message>
  </context>
  <context>
    <name>TextEditor</name>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>Type or paste a text; the answer follows as you type.</source>
      <translation>输入或粘贴文本，答案会随输入更新。</translation>
    </message>
    <message>
      <source>speaks against it</source>
      <translation>反对</translation>
    </message>
    <message>
      <source>speaks for it</source>
      <translation>支持</translation>
    </message>
  </context>
  <context>
    <name>TextPresenter</name>
    <message>
      <source>Count the words</source>
      <translation>统计词数</translation>
    </message>
    <message>
      <source>Read the file</source>
      <translation>读取文件</translation>
    </message>
    <message>
      <source>Read the text</source>
      <translation>阅读文本</translation>
    </message>
    <message>
      <source>Save the entities</source>
      <translation>保存实体</translation>
    </message>
    <message>
      <source>Write on</source>
      <translation>续写</translation>
    </message>
  </context>
  <context>
    <name>TextView</name>
    <message>
      <source>Answer</source>
      <translation>答案</translation>
    </message>
    <message>
      <source>Copied.</source>
      <translation>已复制。</translation>
    </message>
    <message>
      <source>Inside</source>
      <translation>内部</translation>
    </message>
    <message>
      <source>Many texts at once, from a table</source>
      <translation>来自表格的许多文本</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>No model that answers rows is installed.</source>
      <translation>没有安装能逐行作答的模型。</translation>
    </message>
    <message>
      <source>Of the last text its first {count} characters were kept.</source>
      <translation>上次的文本保留了前 {count} 个字符。</translation>
    </message>
    <message>
      <source>Rows</source>
      <translation>表格</translation>
    </message>
    <message>
      <source>Saved {name}.</source>
      <translation>已保存 {name}。</translation>
    </message>
    <message>
      <source>Some bytes of the file are no text; they are shown as �.</source>
      <translation>文件中有些字节不是文本，显示为 �。</translation>
    </message>
    <message>
      <source>The file is not in UTF-8. It was read as {encoding}: if letters look wrong, that is why.</source>
      <translation>该文件不是 UTF-8 编码，已按 {encoding} 读取：如果有字显示不对，原因就在这里。</translation>
    </message>
    <message>
      <source>The words that the model knows, as a map</source>
      <translation>模型认识的词，绘成地图</translation>
    </message>
    <message>
      <source>What a recurrent layer remembers while it reads</source>
      <translation>循环层在阅读时记住了什么</translation>
    </message>
    <message>
      <source>What the model makes of the text</source>
      <translation>模型对文本的判断</translation>
    </message>
    <message>
      <source>Words</source>
      <translation>词汇</translation>
    </message>
    <message>
      <source>{value} ms</source>
      <translation>{value} 毫秒</translation>
    </message>
    <message>
      <source>{value} s</source>
      <translation>{value} 秒</translation>
    </message>
  </context>
  <context>
    <name>TextWorkspace</name>
    <message>
      <source>&amp;Clear the Text</source>
      <translation>清空文本(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Write On</source>
      <translation>续写(&amp;W)</translation>
    </message>
    <message>
      <source>Answer each row of this table</source>
      <translation>为此表格的每一行作答</translation>
    </message>
    <message>
      <source>Open a &amp;Text…</source>
      <translation>打开文本(&amp;T)…</translation>
    </message>
    <message>
      <source>Open a Ta&amp;ble…</source>
      <translation>打开表格(&amp;B)…</translation>
    </message>
    <message>
      <source>Read this text</source>
      <translation>阅读此文本</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
  </context>
  <context>
    <name>Toast</name>
    <message>
      <source>Close the message</source>
      <translation>关闭消息</translation>
    </message>
  </context>
  <context>
    <name>Toasts</name>
    <message>
      <source>Details</source>
      <translation>详情</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
  </context>
  <context>
    <name>TopBar</name>
    <message>
      <source>Choose columns</source>
      <translation>选择列</translation>
    </message>
    <message>
      <source>Filter</source>
      <translation>筛选</translation>
    </message>
    <message>
      <source>Filter runs</source>
      <translation>筛选运行</translation>
    </message>
    <message>
      <source>Group by</source>
      <translation>分组依据</translation>
    </message>
    <message>
      <source>Import…</source>
      <translation>导入…</translation>
    </message>
    <message>
      <source>More</source>
      <translation>更多</translation>
    </message>
    <message>
      <source>No groups</source>
      <translation>不分组</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>运行</translation>
    </message>
    <message>
      <source>The table alone, without curves</source>
      <translation>只显示表格，不显示曲线</translation>
    </message>
    <message>
      <source>Words in names, tags, notes and settings
/regular expression/ over the names
tag:best   status:running   kind:monitor   star
learning_rate&gt;=0.01   seed=3
-word leaves runs out</source>
      <translation>名称、标签、备注和设置中的词
/正则表达式/ 匹配名称
tag:best   status:running   kind:monitor   star
learning_rate&gt;=0.01   seed=3
-词 表示排除</translation>
    </message>
  </context>
  <context>
    <name>TrainCommands</name>
    <message>
      <source>Cross-validate</source>
      <translation>交叉验证</translation>
    </message>
    <message>
      <source>How many parts? Each is held out once, so the network is trained that many times.</source>
      <translation>分成几份？每份各留出一次，因此网络要训练这么多次。</translation>
    </message>
    <message>
      <source>How many runs? They differ in their seed alone, so their spread is chance.</source>
      <translation>训练几次？它们只有随机种子不同，差异即为偶然波动。</translation>
    </message>
    <message>
      <source>Open data first.</source>
      <translation>请先打开数据。</translation>
    </message>
    <message>
      <source>Repeat with other seeds</source>
      <translation>换随机种子重复</translation>
    </message>
  </context>
  <context>
    <name>TrainDialogs</name>
    <message>
      <source>A network is in training</source>
      <translation>网络正在训练</translation>
    </message>
    <message>
      <source>A network is in training. Stop it and close?</source>
      <translation>网络正在训练。停止训练并关闭？</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>所有文件 (*)</translation>
    </message>
    <message>
      <source>Export the corrected set</source>
      <translation>导出更正后的数据集</translation>
    </message>
    <message>
      <source>Go on training</source>
      <translation>继续训练</translation>
    </message>
    <message>
      <source>Open a folder with one folder for each class</source>
      <translation>打开文件夹（每个类别一个子文件夹）</translation>
    </message>
    <message>
      <source>Open a recipe</source>
      <translation>打开配方</translation>
    </message>
    <message>
      <source>Open a table or text</source>
      <translation>打开表格或文本</translation>
    </message>
    <message>
      <source>Recipes (*.toml)</source>
      <translation>配方 (*.toml)</translation>
    </message>
    <message>
      <source>Save the recipe</source>
      <translation>保存配方</translation>
    </message>
    <message>
      <source>Stop and close</source>
      <translation>停止并关闭</translation>
    </message>
    <message>
      <source>Table (*.csv)</source>
      <translation>表格 (*.csv)</translation>
    </message>
    <message>
      <source>Tables and texts (*.csv *.tsv *.tab *.jsonl *.ndjson *.json *.txt *.conll *.bio *.iob2)</source>
      <translation>表格与文本 (*.csv *.tsv *.tab *.jsonl *.ndjson *.json *.txt *.conll *.bio *.iob2)</translation>
    </message>
    <message>
      <source>What was learnt so far is kept: the run can go on the next time.</source>
      <translation>已学到的内容会保留，下次可以继续训练。</translation>
    </message>
  </context>
  <context>
    <name>TrainStrip</name>
    <message>
      <source>Hears {percent} % of the takes it never saw (±{spread})</source>
      <translation>能听出 {percent} % 未见过的录音（±{spread}）</translation>
    </message>
    <message>
      <source>In other speech it hears a word about {count} times an hour.</source>
      <translation>在其他说话声中，每小时约误听 {count} 次。</translation>
    </message>
    <message>
      <source>It takes less than a minute and all of it happens on this computer.</source>
      <translation>不到一分钟，全部在这台电脑上完成。</translation>
    </message>
    <message>
      <source>Not enough takes yet</source>
      <translation>样本还不够</translation>
    </message>
    <message>
      <source>Progress of the training</source>
      <translation>训练进度</translation>
    </message>
    <message>
      <source>Ready to train</source>
      <translation>可以训练了</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Train again</source>
      <translation>再次训练</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Use it now</source>
      <translation>立即使用</translation>
    </message>
    <message>
      <source>Waiting for its turn…</source>
      <translation>正在排队…</translation>
    </message>
  </context>
  <context>
    <name>TrainView</name>
    <message>
      <source>A network is in training.</source>
      <translation>网络正在训练。</translation>
    </message>
    <message>
      <source>Data, network, settings and checks</source>
      <translation>数据、网络、设置与检查</translation>
    </message>
    <message>
      <source>Look closer</source>
      <translation>深入查看</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>See the samples behind the figures and correct them</source>
      <translation>查看数字背后的样本并更正</translation>
    </message>
    <message>
      <source>Set up</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>The data were corrected.</source>
      <translation>数据已更正。</translation>
    </message>
    <message>
      <source>The samples can be looked at once the run has finished.</source>
      <translation>训练完成后才能查看样本。</translation>
    </message>
    <message>
      <source>Watch and steer the training</source>
      <translation>观察并控制训练</translation>
    </message>
  </context>
  <context>
    <name>TrainWords</name>
    <message>
      <source>Test</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Validation</source>
      <translation>验证</translation>
    </message>
    <message>
      <source>{hours} h {minutes} min</source>
      <translation>{hours} 小时 {minutes} 分</translation>
    </message>
    <message>
      <source>{minutes} min {seconds} s</source>
      <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
      <source>{seconds} s</source>
      <translation>{seconds} 秒</translation>
    </message>
  </context>
  <context>
    <name>TrainWorkspace</name>
    <message>
      <source>Cross-Validate…</source>
      <translation>交叉验证…</translation>
    </message>
    <message>
      <source>Find a Learning Rate…</source>
      <translation>寻找学习率…</translation>
    </message>
    <message>
      <source>Finish after This Epoch</source>
      <translation>本轮结束后完成</translation>
    </message>
    <message>
      <source>Open a Recipe…</source>
      <translation>打开配方…</translation>
    </message>
    <message>
      <source>Open this recipe</source>
      <translation>打开此配方</translation>
    </message>
    <message>
      <source>Repeat with Other Seeds…</source>
      <translation>换随机种子重复…</translation>
    </message>
    <message>
      <source>Save the Recipe…</source>
      <translation>保存配方…</translation>
    </message>
    <message>
      <source>Start, Pause or Resume</source>
      <translation>开始、暂停或继续</translation>
    </message>
    <message>
      <source>Stop after This Epoch</source>
      <translation>本轮结束后停止</translation>
    </message>
    <message>
      <source>Stop after This Step</source>
      <translation>本步结束后停止</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Train a network on it</source>
      <translation>用它训练网络</translation>
    </message>
    <message>
      <source>Train in Several Processes…</source>
      <translation>用多个进程训练…</translation>
    </message>
    <message>
      <source>Use the Network Now</source>
      <translation>立即使用网络</translation>
    </message>
  </context>
  <context>
    <name>TranscriptEditing</name>
    <message>
      <source>{name} has a new text.</source>
      <translation>{name} 已有新的文字。</translation>
    </message>
  </context>
  <context>
    <name>TranscriptPage</name>
    <message>
      <source>Copy the text</source>
      <translation>复制文字</translation>
    </message>
    <message>
      <source>Edit the text</source>
      <translation>编辑文字</translation>
    </message>
    <message>
      <source>Open a sound file…</source>
      <translation>打开声音文件…</translation>
    </message>
    <message>
      <source>Play the recording</source>
      <translation>播放录音</translation>
    </message>
    <message>
      <source>Press Record and say a single word</source>
      <translation>按“录音”，然后说一个词</translation>
    </message>
    <message>
      <source>Press Record and say digits</source>
      <translation>按“录音”，然后说数字</translation>
    </message>
    <message>
      <source>Press Record and speak</source>
      <translation>按下“录音”然后说话</translation>
    </message>
    <message>
      <source>Save the text as…</source>
      <translation>文字另存为…</translation>
    </message>
    <message>
      <source>Show the text large</source>
      <translation>大字显示</translation>
    </message>
    <message>
      <source>Stop playing</source>
      <translation>停止播放</translation>
    </message>
    <message>
      <source>Subtitles (SRT)</source>
      <translation>字幕（SRT）</translation>
    </message>
    <message>
      <source>Subtitles (WebVTT)</source>
      <translation>字幕（WebVTT）</translation>
    </message>
    <message>
      <source>Telephone, card and part numbers appear as figures, as fast as you say them.</source>
      <translation>电话号码、卡号、零件号，边说边变成数字。</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>The word appears large, with what else it could have been.</source>
      <translation>听到的词以大字显示，旁边是其他可能。</translation>
    </message>
    <message>
      <source>Transcribe again…</source>
      <translation>重新转写…</translation>
    </message>
    <message>
      <source>Words appear while you speak. Or drop a sound file: WAV, FLAC, MP3, OGG…</source>
      <translation>说话时文字会随之出现。也可以拖入声音文件：WAV、FLAC、MP3、OGG…</translation>
    </message>
    <message>
      <source>Words with times (JSON)</source>
      <translation>带时间的词（JSON）</translation>
    </message>
  </context>
  <context>
    <name>TranscriptPart</name>
    <message>
      <source>No words were understood.</source>
      <translation>没有识别出文字。</translation>
    </message>
    <message>
      <source>No words were understood; the sound is kept.</source>
      <translation>没有识别出文字；声音已保存。</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Read the recording</source>
      <translation>读取录音</translation>
    </message>
    <message>
      <source>Save the text</source>
      <translation>保存文字</translation>
    </message>
    <message>
      <source>Saved {name}.</source>
      <translation>已保存 {name}。</translation>
    </message>
    <message>
      <source>Stopped at {time}. The text up to there is kept.</source>
      <translation>已在 {time} 处停止，此前的文字已保留。</translation>
    </message>
    <message>
      <source>The text is in the clipboard.</source>
      <translation>文字已复制到剪贴板。</translation>
    </message>
    <message>
      <source>This has not been transcribed yet.</source>
      <translation>尚未转写。</translation>
    </message>
  </context>
  <context>
    <name>TranscriptView</name>
    <message>
      <source>Read again. First reading: {text}</source>
      <translation>已复核。初次识别：{text}</translation>
    </message>
    <message>
      <source>Transcript</source>
      <translation>转写文字</translation>
    </message>
    <message>
      <source>{percent} % sure</source>
      <translation>把握 {percent} %</translation>
    </message>
  </context>
  <context>
    <name>WholeWave</name>
    <message>
      <source>Click to play from here.</source>
      <translation>单击从这里播放。</translation>
    </message>
    <message>
      <source>Wave of the recording</source>
      <translation>录音的波形</translation>
    </message>
  </context>
  <context>
    <name>WhyPane</name>
    <message>
      <source>%1 × %2 pixels, no more.</source>
      <translation>只有 %1 × %2 像素。</translation>
    </message>
    <message>
      <source>Computed in %1 s</source>
      <translation>计算用时 %1 秒</translation>
    </message>
    <message>
      <source>Grad-CAM</source>
      <translation>Grad-CAM</translation>
    </message>
    <message>
      <source>Gradients</source>
      <translation>梯度</translation>
    </message>
    <message>
      <source>Integrated gradients: the single pixels that spoke for this label</source>
      <translation>积分梯度：支持这个标签的单个像素</translation>
    </message>
    <message>
      <source>Overlay</source>
      <translation>叠加</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>进度</translation>
    </message>
    <message>
      <source>Strength of the heat map</source>
      <translation>热力图强度</translation>
    </message>
    <message>
      <source>The regions that spoke for this label</source>
      <translation>支持这个标签的区域</translation>
    </message>
    <message>
      <source>What the network saw</source>
      <translation>网络看到的样子</translation>
    </message>
    <message>
      <source>Where the network looked, for every label that you click.</source>
      <translation>点击任意标签，看网络在关注哪里。</translation>
    </message>
    <message>
      <source>Why %1?</source>
      <translation>为什么是%1？</translation>
    </message>
    <message>
      <source>Why appears here</source>
      <translation>原因会出现在这里</translation>
    </message>
    <message>
      <source>little</source>
      <translation>少</translation>
    </message>
    <message>
      <source>much</source>
      <translation>多</translation>
    </message>
  </context>
  <context>
    <name>WindowCommands</name>
    <message>
      <source>&amp;About DeepStudio</source>
      <translation>关于 DeepStudio(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Close the newest message</source>
      <translation>关闭最新消息(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Command menu…</source>
      <translation>命令菜单(&amp;C)…</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>文件(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Full screen</source>
      <translation>全屏(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>帮助(&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Keyboard shortcuts…</source>
      <translation>键盘快捷键(&amp;K)…</translation>
    </message>
    <message>
      <source>&amp;Log</source>
      <translation>日志(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Memory and jobs</source>
      <translation>内存和任务(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Open…</source>
      <translation>打开(&amp;O)…</translation>
    </message>
    <message>
      <source>&amp;Paste</source>
      <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>退出(&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Settings…</source>
      <translation>设置(&amp;S)…</translation>
    </message>
    <message>
      <source>&amp;Smaller text</source>
      <translation>缩小文字(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>视图(&amp;V)</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>所有文件 (*)</translation>
    </message>
    <message>
      <source>All that DeepStudio opens ({patterns})</source>
      <translation>DeepStudio 可打开的所有文件 ({patterns})</translation>
    </message>
    <message>
      <source>File</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>Forget &amp;recent files</source>
      <translation>清除最近的文件(&amp;R)</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>帮助</translation>
    </message>
    <message>
      <source>Larger &amp;text</source>
      <translation>放大文字(&amp;T)</translation>
    </message>
    <message>
      <source>Nothing opened yet</source>
      <translation>还没有打开过文件</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Open &amp;folder…</source>
      <translation>打开文件夹(&amp;F)…</translation>
    </message>
    <message>
      <source>Open &amp;recent</source>
      <translation>打开最近的文件(&amp;R)</translation>
    </message>
    <message>
      <source>Open a folder</source>
      <translation>打开文件夹</translation>
    </message>
    <message>
      <source>Open pictures, models and other files</source>
      <translation>打开图片、模型和其他文件</translation>
    </message>
    <message>
      <source>Open the &amp;log folder</source>
      <translation>打开日志文件夹(&amp;L)</translation>
    </message>
    <message>
      <source>Open what is in the clipboard</source>
      <translation>打开剪贴板里的内容</translation>
    </message>
    <message>
      <source>T&amp;heme</source>
      <translation>主题(&amp;H)</translation>
    </message>
    <message>
      <source>The list of recent files is empty.</source>
      <translation>最近的文件列表已清空。</translation>
    </message>
    <message>
      <source>Theme: {theme}</source>
      <translation>主题：{theme}</translation>
    </message>
    <message>
      <source>View</source>
      <translation>视图</translation>
    </message>
  </context>
  <context>
    <name>WindowProgram</name>
    <message>
      <source>Go on training</source>
      <translation>继续训练</translation>
    </message>
    <message>
      <source>“{name}” was interrupted in training. It can go on where it stood.</source>
      <translation>“{name}”的训练曾被中断，可以从中断处继续。</translation>
    </message>
  </context>
  <context>
    <name>WordChips</name>
    <message>
      <source>Words heard so far</source>
      <translation>已听到的词</translation>
    </message>
    <message>
      <source>{word}, {percent} % sure, at {seconds} s. Click to hear it.</source>
      <translation>{word}，把握 {percent} %，在 {seconds} 秒处。单击可播放。</translation>
    </message>
  </context>
  <context>
    <name>WordList</name>
    <message>
      <source>Anything else</source>
      <translation>其他声音</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>重命名…</translation>
    </message>
    <message>
      <source>Takes from sound files…</source>
      <translation>从声音文件取样本…</translation>
    </message>
    <message>
      <source>Words of this set</source>
      <translation>词集中的词</translation>
    </message>
    <message>
      <source>{word}, {takes} takes</source>
      <translation>{word}，{takes} 个样本</translation>
    </message>
  </context>
  <context>
    <name>WordMap</name>
    <message>
      <source>Map of words</source>
      <translation>词图</translation>
    </message>
  </context>
  <context>
    <name>WordSetsPanel</name>
    <message>
      <source>New word set…</source>
      <translation>新建词集…</translation>
    </message>
    <message>
      <source>Word sets</source>
      <translation>词集</translation>
    </message>
    <message>
      <source>Word sets appear here.</source>
      <translation>词集会显示在这里。</translation>
    </message>
  </context>
  <context>
    <name>WordStage</name>
    <message>
      <source>Add a word on the left.</source>
      <translation>请在左侧添加一个词。</translation>
    </message>
    <message>
      <source>Anything else</source>
      <translation>其他声音</translation>
    </message>
    <message>
      <source>Enough takes. More of other voices make it better.</source>
      <translation>样本够了。再加些别人的声音会更好。</translation>
    </message>
    <message>
      <source>If you like: press Record and say other words, cough or type. None of it will count.</source>
      <translation>可选：按“录音”，说些别的词、咳嗽或敲键盘。这些都不会算作词。</translation>
    </message>
    <message>
      <source>Opening the microphone…</source>
      <translation>正在打开麦克风…</translation>
    </message>
    <message>
      <source>Press Record and say it, with a short pause after each time.</source>
      <translation>按“录音”后说这个词，每说一次停顿一下。</translation>
    </message>
    <message>
      <source>Say it now: {count} of {wanted}</source>
      <translation>现在请说：{count} / {wanted}</translation>
    </message>
    <message>
      <source>The next word. It is listened for in a moment.</source>
      <translation>下一个词。稍后开始聆听。</translation>
    </message>
    <message>
      <source>The word to say</source>
      <translation>要说的词</translation>
    </message>
    <message>
      <source>Writing the last take…</source>
      <translation>正在写入最后一个样本…</translation>
    </message>
    <message>
      <source>{problem} Say it again.</source>
      <translation>{problem}请再说一次。</translation>
    </message>
  </context>
  <context>
    <name>WordTraining</name>
    <message>
      <source>Train words</source>
      <translation>训练词集</translation>
    </message>
  </context>
  <context>
    <name>WordsPage</name>
    <message>
      <source>Add a word</source>
      <translation>添加词</translation>
    </message>
    <message>
      <source>Choose some words, say each ten times, train for less than a minute, and it hears them.</source>
      <translation>选几个词，每个说十遍，训练不到一分钟，它就能听懂。</translation>
    </message>
    <message>
      <source>Delete this word set</source>
      <translation>删除此词集</translation>
    </message>
    <message>
      <source>Export the takes…</source>
      <translation>导出样本…</translation>
    </message>
    <message>
      <source>New word set…</source>
      <translation>新建词集…</translation>
    </message>
    <message>
      <source>Teach it words of your own</source>
      <translation>教它您自己的词</translation>
    </message>
    <message>
      <source>{count} takes</source>
      <translation>{count} 个样本</translation>
    </message>
  </context>
  <context>
    <name>WordsPane</name>
    <message>
      <source>A word, or king - man + woman</source>
      <translation>一个词，或 king - man + woman</translation>
    </message>
    <message>
      <source>Find words like this</source>
      <translation>查找类似的词</translation>
    </message>
    <message>
      <source>Keeps near words near; far distances mean little</source>
      <translation>保持相近的词相邻；远距离意义不大</translation>
    </message>
    <message>
      <source>Near {words}</source>
      <translation>与 {words} 相近</translation>
    </message>
    <message>
      <source>Show the whole map</source>
      <translation>显示整个词图</translation>
    </message>
    <message>
      <source>Show what is near {word}</source>
      <translation>显示与 {word} 相近的词</translation>
    </message>
    <message>
      <source>The model does not know: {words}</source>
      <translation>模型不认识：{words}</translation>
    </message>
    <message>
      <source>The two directions in which the words differ most</source>
      <translation>词与词差别最大的两个方向</translation>
    </message>
    <message>
      <source>Words nearby</source>
      <translation>相近的词</translation>
    </message>
  </context>
  <context>
    <name>WordsPart</name>
    <message>
      <source>Choose or add a word first.</source>
      <translation>请先选择或添加一个词。</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Read the takes</source>
      <translation>读取样本</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <source>Word</source>
      <translation>词</translation>
    </message>
  </context>
  <context>
    <name>WordsPresenter</name>
    <message>
      <source>Saved {name}.</source>
      <translation>已保存 {name}。</translation>
    </message>
    <message>
      <source>The take was deleted.</source>
      <translation>样本已删除。</translation>
    </message>
    <message>
      <source>Word sets</source>
      <translation>词集</translation>
    </message>
    <message>
      <source>“{name}” was deleted.</source>
      <translation>“{name}”已删除。</translation>
    </message>
  </context>
  <context>
    <name>WriterPane</name>
    <message>
      <source>Click a word to see what else might have stood there.</source>
      <translation>点击一个词，查看此处还可能是什么。</translation>
    </message>
    <message>
      <source>Go on from here with this one</source>
      <translation>改用它，从此处继续</translation>
    </message>
    <message>
      <source>In place of “{word}”</source>
      <translation>替换“{word}”</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>What else might have stood there</source>
      <translation>此处还可能是什么</translation>
    </message>
    <message>
      <source>Write on</source>
      <translation>续写</translation>
    </message>
    <message>
      <source>new line</source>
      <translation>换行</translation>
    </message>
    <message>
      <source>space</source>
      <translation>空格</translation>
    </message>
  </context>
  <context>
    <name>WritingPane</name>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Other ways to say it</source>
      <translation>其他说法</translation>
    </message>
    <message>
      <source>Sentence</source>
      <translation>句子</translation>
    </message>
    <message>
      <source>Ways to say it, the likeliest first</source>
      <translation>各种说法，最可能的在前</translation>
    </message>
    <message>
      <source>What it looked at: point at a written word</source>
      <translation>它看了什么：指向写出的词</translation>
    </message>
    <message>
      <source>What was written</source>
      <translation>写出的内容</translation>
    </message>
    <message>
      <source>Written</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>{score} a word (logarithm)</source>
      <translation>每词 {score}（对数）</translation>
    </message>
  </context>
  <context>
    <name>ZooDetail</name>
    <message>
      <source>Accuracy, as published</source>
      <translation>准确率（发布者数据）</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Download ({size})</source>
      <translation>下载（{size}）</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>Looks at</source>
      <translation>输入尺寸</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>参数量</translation>
    </message>
    <message>
      <source>Progress of the download</source>
      <translation>下载进度</translation>
    </message>
    <message>
      <source>Published by torchvision</source>
      <translation>由 torchvision 发布</translation>
    </message>
    <message>
      <source>Recipe</source>
      <translation>配方</translation>
    </message>
    <message>
      <source>SHA-256 begins</source>
      <translation>SHA-256 开头</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>来源</translation>
    </message>
    <message>
      <source>The download comes straight from the address below and is checked when it has arrived.</source>
      <translation>直接从下面的地址下载，完成后会校验。</translation>
    </message>
    <message>
      <source>This model is installed.</source>
      <translation>这个模型已安装。</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>等待中</translation>
    </message>
    <message>
      <source>{done} of {total}</source>
      <translation>{done} / {total}</translation>
    </message>
  </context>
  <context>
    <name>_TokenText</name>
    <message>
      <source>What was written</source>
      <translation>写出的内容</translation>
    </message>
  </context>
  <context>
    <name>cards</name>
    <message>
      <source>64,000 words, how each is spoken, and which follow which: what the speech model english needs to write words.</source>
      <translation>64,000 个词、它们的读音和前后顺序:语音模型 english 写出词语所需。</translation>
    </message>
    <message>
      <source>A small network for playing with words and pictures: what it was not trained on it mostly guesses. X-rays: not for diagnosis.</source>
      <translation>供体验词语与图片的小型网络:没学过的内容大多靠猜。X 光结果不可用于诊断。</translation>
    </message>
    <message>
      <source>Accuracy</source>
      <translation>准确率</translation>
    </message>
    <message>
      <source>Accuracy by words never learnt from</source>
      <translation>用未学过的词语时的准确率</translation>
    </message>
    <message>
      <source>Analogies completed</source>
      <translation>完成的类比</translation>
    </message>
    <message>
      <source>BLEU</source>
      <translation>BLEU</translation>
    </message>
    <message>
      <source>BLEU {value}</source>
      <translation>BLEU {value}</translation>
    </message>
    <message>
      <source>Balanced accuracy</source>
      <translation>平衡准确率</translation>
    </message>
    <message>
      <source>Calibration error</source>
      <translation>校准误差</translation>
    </message>
    <message>
      <source>Called none of these</source>
      <translation>判为“都不是”</translation>
    </message>
    <message>
      <source>Character error rate</source>
      <translation>字错误率</translation>
    </message>
    <message>
      <source>Chest X-ray</source>
      <translation>胸部 X 光</translation>
    </message>
    <message>
      <source>Classes never learnt from, among all</source>
      <translation>未学过的类别(在全部类别中)</translation>
    </message>
    <message>
      <source>Classes never learnt from, among themselves</source>
      <translation>未学过的类别(仅在彼此之间)</translation>
    </message>
    <message>
      <source>Emerging names in tweets</source>
      <translation>推文中的新名称</translation>
    </message>
    <message>
      <source>English speech</source>
      <translation>英语语音</translation>
    </message>
    <message>
      <source>English to Chinese</source>
      <translation>英译中</translation>
    </message>
    <message>
      <source>English to German</source>
      <translation>英译德</translation>
    </message>
    <message>
      <source>English words and their order</source>
      <translation>英语词语及其顺序</translation>
    </message>
    <message>
      <source>F1 of names</source>
      <translation>名称 F1</translation>
    </message>
    <message>
      <source>F1 of the second label</source>
      <translation>第二个标签的 F1</translation>
    </message>
    <message>
      <source>F1 {value}</source>
      <translation>F1 {value}</translation>
    </message>
    <message>
      <source>Finds names</source>
      <translation>找名称</translation>
    </message>
    <message>
      <source>Five new classes by five examples each</source>
      <translation>五个新类别,各五张示例</translation>
    </message>
    <message>
      <source>Five new classes by one example each</source>
      <translation>五个新类别,各一张示例</translation>
    </message>
    <message>
      <source>Gives each of the 8,000 most frequent words of English prose a vector: words used alike lie near one another.</source>
      <translation>给英语散文中最常用的 8,000 个词各一个向量：用法相近的词彼此靠近。</translation>
    </message>
    <message>
      <source>Handwritten digits</source>
      <translation>手写数字</translation>
    </message>
    <message>
      <source>Headline from a story</source>
      <translation>由报道写标题</translation>
    </message>
    <message>
      <source>Hears a few words that one person, or several, said into a microphone.</source>
      <translation>识别一个人或几个人对着麦克风说过的几个词。</translation>
    </message>
    <message>
      <source>Hears single words</source>
      <translation>识别单个词</translation>
    </message>
    <message>
      <source>Hears single words.</source>
      <translation>听出单个词。</translation>
    </message>
    <message>
      <source>Hears single words: right, left, up, down, go, and the digits zero to nine.</source>
      <translation>听取单个词:right、left、up、down、go,以及数字 zero 到 nine。</translation>
    </message>
    <message>
      <source>It learned from 21,000 stories of 2004 and 2005. It may write what the story does not say.</source>
      <translation>它学自 2004 和 2005 年的 21,000 篇报道，可能写出原文没有的内容。</translation>
    </message>
    <message>
      <source>Learned from 26,000 short sentences: it knows everyday words, and guesses at others.</source>
      <translation>学自两万六千个短句：认识日常词语，其余靠猜。</translation>
    </message>
    <message>
      <source>Learned from 29,000 captions of photographs: it knows people, animals, streets and sport, and guesses at the rest.</source>
      <translation>学自两万九千条照片说明：熟悉人物、动物、街道和运动，其余靠猜。</translation>
    </message>
    <message>
      <source>Learned from messages sent in Britain and Singapore before 2012.</source>
      <translation>学自 2012 年以前英国和新加坡的短信。</translation>
    </message>
    <message>
      <source>Macro F1</source>
      <translation>宏平均 F1</translation>
    </message>
    <message>
      <source>Maps words</source>
      <translation>词语地图</translation>
    </message>
    <message>
      <source>Marks names of people, places and organisations in English text.</source>
      <translation>标出英文文本中的人名、地名和机构名。</translation>
    </message>
    <message>
      <source>Marks people, places, companies, groups, products and works in English tweets.</source>
      <translation>标出英文推文中的人物、地点、公司、团体、产品和作品。</translation>
    </message>
    <message>
      <source>Marks words</source>
      <translation>标注词语</translation>
    </message>
    <message>
      <source>Marks words in texts.</source>
      <translation>标注文本中的词。</translation>
    </message>
    <message>
      <source>Names German traffic signs of 43 kinds. Cut the sign out of the photograph first.</source>
      <translation>识别 43 种德国交通标志。请先把标志从照片中裁剪出来。</translation>
    </message>
    <message>
      <source>Names of people, places and organisations</source>
      <translation>人名、地名和机构名</translation>
    </message>
    <message>
      <source>Not for diagnosis. A demonstration on tiny pictures; it must not be used for any medical decision.</source>
      <translation>不得用于诊断。这只是在极小图片上的演示，绝不能用于任何医疗决定。</translation>
    </message>
    <message>
      <source>Objects</source>
      <translation>物体</translation>
    </message>
    <message>
      <source>Order of words</source>
      <translation>词序</translation>
    </message>
    <message>
      <source>Pairs of texts of your own</source>
      <translation>自己的文本对</translation>
    </message>
    <message>
      <source>Perplexity by token</source>
      <translation>按词元困惑度</translation>
    </message>
    <message>
      <source>Perplexity by word</source>
      <translation>按词困惑度</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Pictures and words</source>
      <translation>图片与词语</translation>
    </message>
    <message>
      <source>Pictures of your own</source>
      <translation>你自己的图片</translation>
    </message>
    <message>
      <source>Precision</source>
      <translation>精确率</translation>
    </message>
    <message>
      <source>Precision of names</source>
      <translation>名称精确率</translation>
    </message>
    <message>
      <source>Prose of your own</source>
      <translation>自己的文章</translation>
    </message>
    <message>
      <source>ROUGE-L</source>
      <translation>ROUGE-L</translation>
    </message>
    <message>
      <source>ROUGE-L of the first words</source>
      <translation>首部词语的 ROUGE-L</translation>
    </message>
    <message>
      <source>ROUGE-L {value}</source>
      <translation>ROUGE-L {value}</translation>
    </message>
    <message>
      <source>Reads one handwritten digit, drawn here or photographed on paper.</source>
      <translation>识别一个手写数字，可以在这里手写，也可以拍下纸上的数字。</translation>
    </message>
    <message>
      <source>Recall</source>
      <translation>召回率</translation>
    </message>
    <message>
      <source>Recall of names</source>
      <translation>名称召回率</translation>
    </message>
    <message>
      <source>Says whether a short message is spam; it is from 50 % on. The part for tests was measured before, with earlier networks.</source>
      <translation>判断一条短信是否为垃圾短信，达到 50 % 即判为垃圾短信。测试部分此前已用于测量较早的网络。</translation>
    </message>
    <message>
      <source>Says whether a short piece of English news is about the world, sports, business, or science and technology.</source>
      <translation>判断一则英文短新闻属于国际、体育、财经还是科技。</translation>
    </message>
    <message>
      <source>Says whether an English review, or a sentence of one, speaks well or badly of its subject. Learned from film reviews.</source>
      <translation>判断英文评论或其中一句是褒是贬。学自影评。</translation>
    </message>
    <message>
      <source>Sentiment of reviews and sentences</source>
      <translation>评论与句子的情感</translation>
    </message>
    <message>
      <source>Sorts texts</source>
      <translation>分类</translation>
    </message>
    <message>
      <source>Spam in text messages</source>
      <translation>垃圾短信</translation>
    </message>
    <message>
      <source>Speech</source>
      <translation>语音</translation>
    </message>
    <message>
      <source>Speech of your own</source>
      <translation>自己的语音</translation>
    </message>
    <message>
      <source>Spoken commands and digits</source>
      <translation>口令与数字</translation>
    </message>
    <message>
      <source>Spoken words of your own</source>
      <translation>自己的口令词</translation>
    </message>
    <message>
      <source>Summarises</source>
      <translation>摘要</translation>
    </message>
    <message>
      <source>Tagged words of your own</source>
      <translation>自己的标注词</translation>
    </message>
    <message>
      <source>Tells apart children's chest X-rays with and without signs of pneumonia, at 28x28 pixels.</source>
      <translation>以 28×28 像素区分有无肺炎征象的儿童胸部 X 光片。</translation>
    </message>
    <message>
      <source>Tells apart what you name: type labels, or show an example of each. It knows small pictures of things, traffic signs, digits and chest X-rays.</source>
      <translation>区分您命名的事物:输入标签,或各给一张示例。它学过小幅的物体、交通标志、数字和胸部 X 光图片。</translation>
    </message>
    <message>
      <source>Tells ten kinds of things apart in a photograph: vehicles and animals. It looks at 32x32 pixels.</source>
      <translation>区分照片中的十类事物：交通工具和动物。输入为 32×32 像素。</translation>
    </message>
    <message>
      <source>Tells the classes of a folder or table of pictures apart.</source>
      <translation>区分一个文件夹或表格里图片的类别。</translation>
    </message>
    <message>
      <source>Tells the classes of a table or folder of texts apart.</source>
      <translation>区分一个表格或文件夹中各类文本。</translation>
    </message>
    <message>
      <source>Texts</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>Texts of your own</source>
      <translation>自己的文本</translation>
    </message>
    <message>
      <source>Topic of news</source>
      <translation>新闻主题</translation>
    </message>
    <message>
      <source>Traffic signs</source>
      <translation>交通标志</translation>
    </message>
    <message>
      <source>Trained on nine hours of read books: names, accents, noise and chatting are hard for it. Read what it wrote before you rely on it.</source>
      <translation>用九小时朗读的书籍训练:人名、口音、噪声和闲谈对它较难。使用前请核对文字。</translation>
    </message>
    <message>
      <source>Translates</source>
      <translation>翻译</translation>
    </message>
    <message>
      <source>Translates English descriptions of everyday scenes into German.</source>
      <translation>把描述日常场景的英文译成德文。</translation>
    </message>
    <message>
      <source>Translates short, everyday English sentences into Chinese.</source>
      <translation>把日常英文短句译成中文。</translation>
    </message>
    <message>
      <source>Unfinished: a snapshot of a network that is still being trained.</source>
      <translation>未完成：这是仍在训练中的网络的快照。</translation>
    </message>
    <message>
      <source>Word error rate</source>
      <translation>词错误率</translation>
    </message>
    <message>
      <source>Word error rate, first pass</source>
      <translation>词错误率（第一遍）</translation>
    </message>
    <message>
      <source>Words by the company they keep</source>
      <translation>按邻近词认识词语</translation>
    </message>
    <message>
      <source>Words it does not know</source>
      <translation>不认识的词</translation>
    </message>
    <message>
      <source>Words of your own</source>
      <translation>自己的词</translation>
    </message>
    <message>
      <source>Writes</source>
      <translation>续写</translation>
    </message>
    <message>
      <source>Writes a headline for the first sentences of a piece of English news.</source>
      <translation>为英文新闻的开头几句写标题。</translation>
    </message>
    <message>
      <source>Writes down English as it is spoken in your recordings.</source>
      <translation>把您录音里的英语写成文字。</translation>
    </message>
    <message>
      <source>Writes down speech</source>
      <translation>语音转文字</translation>
    </message>
    <message>
      <source>Writes down spoken English as it is said: sounds of words from a streaming network, words and their order from the model english-lm.</source>
      <translation>边说边写出英语:流式网络听出语音,模型 english-lm 给出词语和顺序。</translation>
    </message>
    <message>
      <source>Writes headlines</source>
      <translation>写标题</translation>
    </message>
    <message>
      <source>Writes on</source>
      <translation>续写</translation>
    </message>
    <message>
      <source>Writes on in the manner of Shakespeare, or (in small letters, a sentence a line) of English novels of the nineteenth century.</source>
      <translation>按莎士比亚的风格续写，或（小写字母、每行一句）按十九世纪英语小说的风格续写。</translation>
    </message>
    <message>
      <source>Writes on in the manner of the texts that it read.</source>
      <translation>以所读文本的风格续写。</translation>
    </message>
    <message>
      <source>Writes one text from another.</source>
      <translation>由一段文本写出另一段文本。</translation>
    </message>
    <message>
      <source>Writing on</source>
      <translation>续写</translation>
    </message>
    <message>
      <source>Your own labels</source>
      <translation>自定义标签</translation>
    </message>
    <message>
      <source>chrF</source>
      <translation>chrF</translation>
    </message>
    <message>
      <source>other things</source>
      <translation>其他事物</translation>
    </message>
    <message>
      <source>perplexity {value}</source>
      <translation>困惑度 {value}</translation>
    </message>
    <message>
      <source>test</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>validation</source>
      <translation>验证</translation>
    </message>
    <message>
      <source>{value} of analogies</source>
      <translation>类比正确率 {value}</translation>
    </message>
    <message>
      <source>{value} of words wrong</source>
      <translation>词错误率 {value}</translation>
    </message>
    <message>
      <source>{value} right</source>
      <translation>正确率 {value}</translation>
    </message>
  </context>
  <context>
    <name>checks</name>
    <message>
      <source>A step with batches of {batch} takes about {needed} of memory; {free} are free.</source>
      <translation>批大小为 {batch} 时，一步约需 {needed} 内存；现有 {free} 可用。</translation>
    </message>
    <message>
      <source>A step with {batch} seconds of sound takes about {needed} of memory; {free} are free.</source>
      <translation>每步 {batch} 秒声音约需 {needed} 内存；目前可用 {free}。</translation>
    </message>
    <message>
      <source>All pictures are grey; a network with one channel is enough.</source>
      <translation>所有图片都是灰度的，单通道网络就够了。</translation>
    </message>
    <message>
      <source>Amount of text</source>
      <translation>文本数量</translation>
    </message>
    <message>
      <source>Characters</source>
      <translation>字符</translation>
    </message>
    <message>
      <source>Corrections that no longer hold, because the files have changed since: {count}.</source>
      <translation>有 {count} 处更正已失效，因为文件后来变了。</translation>
    </message>
    <message>
      <source>Count '{rare}' as '{common}'</source>
      <translation>把“{rare}”算作“{common}”</translation>
    </message>
    <message>
      <source>Do without groups</source>
      <translation>不使用分组</translation>
    </message>
    <message>
      <source>Empty texts</source>
      <translation>空文本</translation>
    </message>
    <message>
      <source>Empty texts: {count} of {total}.</source>
      <translation>{total} 条文本中有 {count} 条是空的。</translation>
    </message>
    <message>
      <source>Every word has the tag O: there is nothing to mark.</source>
      <translation>每个词的标注都是 O：没有可学习的标注。</translation>
    </message>
    <message>
      <source>Examples of each class</source>
      <translation>各类别的样本数</translation>
    </message>
    <message>
      <source>Fewer than {few} examples to learn from: {labels}.</source>
      <translation>可供学习的样本少于 {few} 个：{labels}。</translation>
    </message>
    <message>
      <source>Files and folders that are not used</source>
      <translation>未使用的文件和文件夹</translation>
    </message>
    <message>
      <source>Files that are no labelled pictures, and are not used: {count}.</source>
      <translation>有 {count} 个文件不是带标签的图片，不会使用。</translation>
    </message>
    <message>
      <source>Files that cannot be read</source>
      <translation>无法读取的文件</translation>
    </message>
    <message>
      <source>Files that follow each other look alike, as frames of one recording do. Held out at random, some of them make the figures say too much; a validation folder with recordings of its own would be honest.</source>
      <translation>相邻的文件看起来很像，如同一段录像的帧。若随机留出一部分，测得的指标会偏高；用另外录制的内容做验证文件夹才可靠。</translation>
    </message>
    <message>
      <source>Folders without a single picture: {names}.</source>
      <translation>没有任何图片的文件夹：{names}。</translation>
    </message>
    <message>
      <source>Give all copies the label that most of them have</source>
      <translation>让所有副本都用多数副本的标签</translation>
    </message>
    <message>
      <source>Grey and coloured pictures</source>
      <translation>灰度与彩色图片</translation>
    </message>
    <message>
      <source>Groups divided between the splits</source>
      <translation>被分到不同数据划分的组</translation>
    </message>
    <message>
      <source>Groups in the training split and in another one: {count}, such as {example}.</source>
      <translation>有 {count} 组（如 {example}）既在训练集又在别的划分中。</translation>
    </message>
    <message>
      <source>Halve the batches, and the learning rate with them</source>
      <translation>批大小减半，学习率也减半</translation>
    </message>
    <message>
      <source>In {count} pairs one side is more than {ratio:g} times the other.</source>
      <translation>有 {count} 对文本，一侧的长度超过另一侧的 {ratio:g} 倍。</translation>
    </message>
    <message>
      <source>It is not known who speaks, so the same voice may be heard in training and validation.</source>
      <translation>不知道说话人是谁，因此训练和验证中可能出现同一个声音。</translation>
    </message>
    <message>
      <source>Keep each group on one side of the split</source>
      <translation>让每一组只在划分的一侧</translation>
    </message>
    <message>
      <source>Keep one of each</source>
      <translation>每组只留一个</translation>
    </message>
    <message>
      <source>Leave all of these pictures out</source>
      <translation>排除所有这些图片</translation>
    </message>
    <message>
      <source>Leave the copies out, keep one of each</source>
      <translation>排除副本，各保留一张</translation>
    </message>
    <message>
      <source>Leave them out</source>
      <translation>排除它们</translation>
    </message>
    <message>
      <source>Leave them out of training</source>
      <translation>不用于训练</translation>
    </message>
    <message>
      <source>Leave these classes out</source>
      <translation>排除这些类别</translation>
    </message>
    <message>
      <source>Leave these files out</source>
      <translation>排除这些文件</translation>
    </message>
    <message>
      <source>Leave these pictures out</source>
      <translation>排除这些图片</translation>
    </message>
    <message>
      <source>Leave these pictures out of the training split</source>
      <translation>从训练集中排除这些图片</translation>
    </message>
    <message>
      <source>Lengths</source>
      <translation>长度</translation>
    </message>
    <message>
      <source>Look at all pictures in grey</source>
      <translation>所有图片都按灰度处理</translation>
    </message>
    <message>
      <source>Look only at what all of them hold</source>
      <translation>只看所有录音都有的频率</translation>
    </message>
    <message>
      <source>Memory for the data</source>
      <translation>数据所需内存</translation>
    </message>
    <message>
      <source>Memory for the network</source>
      <translation>网络所需内存</translation>
    </message>
    <message>
      <source>Most texts are a letter or two: is this the right column?</source>
      <translation>大多数文本只有一两个字符：选对列了吗？</translation>
    </message>
    <message>
      <source>Most texts hold no letters: is this the right column?</source>
      <translation>大多数文本不含字母：选对列了吗？</translation>
    </message>
    <message>
      <source>Names of the classes</source>
      <translation>类别名称</translation>
    </message>
    <message>
      <source>Nearly the same picture twice</source>
      <translation>几乎相同的图片</translation>
    </message>
    <message>
      <source>Of {count} recordings it is not known what is said.</source>
      <translation>有 {count} 段录音不知道说了什么。</translation>
    </message>
    <message>
      <source>Order of tags</source>
      <translation>标注的顺序</translation>
    </message>
    <message>
      <source>Pairs that fit badly</source>
      <translation>不匹配的文本对</translation>
    </message>
    <message>
      <source>Pictures less than half as large as the network's input, which get blurred: {count}.</source>
      <translation>有 {count} 张图片不到网络输入尺寸的一半，会变模糊。</translation>
    </message>
    <message>
      <source>Pictures that look like copies of others in their split: {count}.</source>
      <translation>有 {count} 张图片像是同一划分中其他图片的副本。</translation>
    </message>
    <message>
      <source>Pictures that occur again within a split: {count}; {groups} with those that they repeat.</source>
      <translation>有 {count} 张图片在同一划分中重复出现，共涉及 {groups} 张。</translation>
    </message>
    <message>
      <source>Pictures that occur in more than one split: {count}. Figures measured on them say too much.</source>
      <translation>有 {count} 张图片出现在多个划分中；用它们测得的指标偏高。</translation>
    </message>
    <message>
      <source>Pictures that show a single tone and nothing else: {count}.</source>
      <translation>有 {count} 张图片只有一种色调，没有内容。</translation>
    </message>
    <message>
      <source>Pictures that show nothing</source>
      <translation>没有内容的图片</translation>
    </message>
    <message>
      <source>Recordings in which nothing can be heard: {count}.</source>
      <translation>有 {count} 段录音听不到任何声音。</translation>
    </message>
    <message>
      <source>Recordings longer than {longest} s: {count}, the longest {most} s.</source>
      <translation>有 {count} 段录音长于 {longest} 秒，最长 {most} 秒。</translation>
    </message>
    <message>
      <source>Recordings shorter than a tenth of a second: {count}.</source>
      <translation>有 {count} 段录音短于十分之一秒。</translation>
    </message>
    <message>
      <source>Recordings that cannot be read or are empty: {count}.</source>
      <translation>有 {count} 段录音无法读取或为空。</translation>
    </message>
    <message>
      <source>Recordings that occur again within a split: {count}.</source>
      <translation>有 {count} 段录音在同一部分中重复出现。</translation>
    </message>
    <message>
      <source>Recordings that occur in more than one split: {count}. Figures measured on them say too much.</source>
      <translation>有 {count} 段录音出现在多个部分中，据此测得的数字会偏高。</translation>
    </message>
    <message>
      <source>Sample rates</source>
      <translation>采样率</translation>
    </message>
    <message>
      <source>Samples without a label: {count} of {total}. They are not used.</source>
      <translation>{total} 个样本中有 {count} 个没有标签，不会使用。</translation>
    </message>
    <message>
      <source>Sentences with a tag I- where nothing was begun by B-: {count}.</source>
      <translation>有 {count} 个句子出现了没有 B- 开头的 I- 标注。</translation>
    </message>
    <message>
      <source>Show the whole picture, squashed</source>
      <translation>压缩变形，显示整张图片</translation>
    </message>
    <message>
      <source>Show the whole picture, with a border</source>
      <translation>加边框，显示整张图片</translation>
    </message>
    <message>
      <source>Silence</source>
      <translation>静音</translation>
    </message>
    <message>
      <source>Sizes and shapes</source>
      <translation>尺寸与形状</translation>
    </message>
    <message>
      <source>Speakers</source>
      <translation>说话人</translation>
    </message>
    <message>
      <source>Speakers who are heard in training and in what is measured: {count}. Figures then say too much.</source>
      <translation>有 {count} 位说话人同时出现在训练和测量数据中，测得的数字会偏高。</translation>
    </message>
    <message>
      <source>Take the labels from the data instead</source>
      <translation>改用数据中的标签</translation>
    </message>
    <message>
      <source>Texts of a letter or two: {count}.</source>
      <translation>有 {count} 条文本只有一两个字符。</translation>
    </message>
    <message>
      <source>Texts that occur again within a split: {count}.</source>
      <translation>有 {count} 条文本在同一划分中重复出现。</translation>
    </message>
    <message>
      <source>Texts that occur in more than one split: {count}. Figures measured on them say too much.</source>
      <translation>有 {count} 条文本出现在多个划分中；用它们测得的指标偏高。</translation>
    </message>
    <message>
      <source>Texts that occur under different labels: {count}.</source>
      <translation>有 {count} 条文本带着不同的标签出现。</translation>
    </message>
    <message>
      <source>Texts with characters that could not be read: {count}.</source>
      <translation>有 {count} 条文本含有无法读取的字符。</translation>
    </message>
    <message>
      <source>The classes are out of balance: {most} has {ratio} times as many examples as {least}.</source>
      <translation>类别不均衡：{most} 的样本数是 {least} 的 {ratio} 倍。</translation>
    </message>
    <message>
      <source>The labels '{rare}' and '{common}' may mean the same.</source>
      <translation>标签“{rare}”和“{common}”可能是同一个意思。</translation>
    </message>
    <message>
      <source>The network cannot be built: {reason}</source>
      <translation>无法构建网络：{reason}</translation>
    </message>
    <message>
      <source>The pattern of groups does not fit this data: {reason}</source>
      <translation>分组模式不适合这些数据：{reason}</translation>
    </message>
    <message>
      <source>The pictures differ much in size: from {smallest} to {largest} pixels, mostly about {middle}.</source>
      <translation>图片尺寸差别很大：从 {smallest} 到 {largest} 像素，多数约为 {middle}。</translation>
    </message>
    <message>
      <source>The pictures need {needed} of memory while they are read; {available} are free.</source>
      <translation>读取这些图片需要 {needed} 内存；现有 {available} 可用。</translation>
    </message>
    <message>
      <source>The pictures seem to come in {count} groups (such as {example}) whose members look alike; divided between training and validation, they make the figures say too much.</source>
      <translation>这些图片似乎分为 {count} 组（如 {example}），组内看起来很像；若被分到训练集和验证集两边，测得的指标会偏高。</translation>
    </message>
    <message>
      <source>The recordings have different sample rates: {rates}.</source>
      <translation>录音的采样率不一致：{rates}。</translation>
    </message>
    <message>
      <source>The recordings need {needed} of memory while they are learnt from; {free} are free.</source>
      <translation>学习这些录音期间需要 {needed} 内存；目前可用 {free}。</translation>
    </message>
    <message>
      <source>The same picture twice</source>
      <translation>相同的图片</translation>
    </message>
    <message>
      <source>The same recording twice</source>
      <translation>重复的录音</translation>
    </message>
    <message>
      <source>The same text twice</source>
      <translation>相同的文本</translation>
    </message>
    <message>
      <source>The split {split} has classes that nothing is learned about: {labels}.</source>
      <translation>划分 {split} 中有训练集里没有的类别：{labels}。</translation>
    </message>
    <message>
      <source>The split {split} has no example of: {labels}.</source>
      <translation>划分 {split} 中没有这些类别的样本：{labels}。</translation>
    </message>
    <message>
      <source>There is only one class to learn ({labels}); at least two are needed to tell them apart.</source>
      <translation>只有一个类别可学（{labels}）；至少需要两个类别才能区分。</translation>
    </message>
    <message>
      <source>There is too little text to learn from.</source>
      <translation>可供学习的文本太少。</translation>
    </message>
    <message>
      <source>These labels are not among those of the recipe: {labels}.</source>
      <translation>训练方案中没有这些标签：{labels}。</translation>
    </message>
    <message>
      <source>Unreadable recordings</source>
      <translation>无法读取的录音</translation>
    </message>
    <message>
      <source>Use one channel</source>
      <translation>使用单通道</translation>
    </message>
    <message>
      <source>Very few texts for this task, so do not expect much: {count}.</source>
      <translation>这项任务的文本太少，不要期望过高：{count}。</translation>
    </message>
    <message>
      <source>Very long texts: {count}, of up to {longest} words, where half of all have at most {middle}.</source>
      <translation>有 {count} 条文本很长：最多 {longest} 个词，而半数文本不超过 {middle} 个词。</translation>
    </message>
    <message>
      <source>Weigh rare classes more in the loss</source>
      <translation>在损失中加大稀少类别的权重</translation>
    </message>
    <message>
      <source>What is said</source>
      <translation>所说的内容</translation>
    </message>
    <message>
      <source>{count} equal pictures carry different labels, such as {labels}.</source>
      <translation>有 {count} 张相同的图片带着不同的标签，如 {labels}。</translation>
    </message>
    <message>
      <source>{count} of {total} files cannot be read, the first of them: {reason}</source>
      <translation>{total} 个文件中有 {count} 个无法读取，第一个：{reason}</translation>
    </message>
    <message>
      <source>{count} of {total} pictures are grey, the others coloured.</source>
      <translation>{total} 张图片中有 {count} 张是灰度的，其余为彩色。</translation>
    </message>
    <message>
      <source>{count} pictures are long: cropping their middle leaves out {share} % of them.</source>
      <translation>有 {count} 张图片很长：只取中间会丢掉其中 {share} % 的画面。</translation>
    </message>
    <message>
      <source>{count} pictures look like copies of pictures in another split; figures may say too much.</source>
      <translation>有 {count} 张图片像是另一划分中图片的副本；指标可能偏高。</translation>
    </message>
    <message>
      <source>{count} pictures that look like copies carry different labels, such as {labels}.</source>
      <translation>有 {count} 张像是副本的图片带着不同的标签，如 {labels}。</translation>
    </message>
    <message>
      <source>{most_share} % of '{most}' are grey, {least_share} % of '{least}': a network may learn that instead.</source>
      <translation>“{most}”中 {most_share} % 是灰度的，“{least}”中为 {least_share} %：网络可能学到的只是这一点。</translation>
    </message>
    <message>
      <source>{total} samples have {count} different labels: is this the column of the labels?</source>
      <translation>{total} 个样本有 {count} 种不同的标签：这是标签列吗？</translation>
    </message>
  </context>
  <context>
    <name>errors</name>
    <message>
      <source>'{key}' is a value, not a table.</source>
      <translation>“{key}”是一个值，而不是表。</translation>
    </message>
    <message>
      <source>'{name}' cannot be the name of a model</source>
      <translation>“{name}”不能作为模型名称</translation>
    </message>
    <message>
      <source>'{name}' comes with the program and cannot be removed.</source>
      <translation>“{name}”是程序自带的，不能移除。</translation>
    </message>
    <message>
      <source>'{name}' does not classify images; its task is {task}.</source>
      <translation>“{name}”不做图像分类，它的任务是 {task}。</translation>
    </message>
    <message>
      <source>'{name}' does not say how its data were split.</source>
      <translation>“{name}”没有说明其数据是如何划分的。</translation>
    </message>
    <message>
      <source>'{name}' has shape {found}, its card's network needs {expected}</source>
      <translation>“{name}”的形状为 {found}，而卡片所指网络需要 {expected}</translation>
    </message>
    <message>
      <source>'{name}' holds values that are not numbers</source>
      <translation>“{name}”中含有不是数的值</translation>
    </message>
    <message>
      <source>'{override}' is not of the form key=value.</source>
      <translation>“{override}”不是 key=value 的形式。</translation>
    </message>
    <message>
      <source>'{pattern}' is no regular expression: {reason}.</source>
      <translation>“{pattern}”不是正则表达式：{reason}。</translation>
    </message>
    <message>
      <source>A CSV file needs the columns text and label.</source>
      <translation>CSV 文件需要 text 和 label 两列。</translation>
    </message>
    <message>
      <source>A batch of {size} cannot be shared by {count} processes.</source>
      <translation>大小为 {size} 的批无法分给 {count} 个进程。</translation>
    </message>
    <message>
      <source>A folder of pictures, texts or recordings for each class works, and so does a table.</source>
      <translation>每个类别一个文件夹（图片、文本或录音）即可，表格也可以。</translation>
    </message>
    <message>
      <source>A folder of recordings for each word works, and a table with the columns path and text.</source>
      <translation>每个词一个录音文件夹即可，也可以用带 path 和 text 列的表格。</translation>
    </message>
    <message>
      <source>A label cannot be empty.</source>
      <translation>标签不能为空。</translation>
    </message>
    <message>
      <source>A name is needed.</source>
      <translation>需要一个名称。</translation>
    </message>
    <message>
      <source>A network of readers needs one at least.</source>
      <translation>由读取器组成的网络至少需要一个读取器。</translation>
    </message>
    <message>
      <source>A newer DeepStudio wrote the runs in {path}.</source>
      <translation>{path} 中的运行由更新版本的 DeepStudio 写入。</translation>
    </message>
    <message>
      <source>A newer DeepStudio wrote {path}.</source>
      <translation>{path} 由更新版本的 DeepStudio 写入。</translation>
    </message>
    <message>
      <source>A packed table in a model file is damaged.</source>
      <translation>模型文件中的压缩表已损坏。</translation>
    </message>
    <message>
      <source>A picture has 1, 3 or 4 channels, not {channels}.</source>
      <translation>图片有 1、3 或 4 个通道，而不是 {channels} 个。</translation>
    </message>
    <message>
      <source>A resumed run keeps its recipe: --set cannot change it.</source>
      <translation>续跑的训练沿用原来的配方，不能用 --set 修改。</translation>
    </message>
    <message>
      <source>A stored record of the run is damaged.</source>
      <translation>运行的一条存储记录已损坏。</translation>
    </message>
    <message>
      <source>A table with a column for each metric holds one run, not {count}.</source>
      <translation>每个指标一列的表格只能存放一次运行，而不是 {count} 次。</translation>
    </message>
    <message>
      <source>Add --force to run it all the same.</source>
      <translation>加上 --force 可以强制运行。</translation>
    </message>
    <message>
      <source>Add more texts of each class.</source>
      <translation>请为每个类别添加更多文本。</translation>
    </message>
    <message>
      <source>All training images in {path} belong to one class.</source>
      <translation>{path} 中的训练图片全都属于同一类。</translation>
    </message>
    <message>
      <source>All training texts in {path} belong to one class.</source>
      <translation>{path} 中的训练文本全都属于同一类别。</translation>
    </message>
    <message>
      <source>Allow writing to that folder, or set DEEPSTUDIO_HOME to another one.</source>
      <translation>请允许写入该文件夹，或将 DEEPSTUDIO_HOME 设为其他文件夹。</translation>
    </message>
    <message>
      <source>Another program holds the runs in {path}.</source>
      <translation>另一个程序正占用 {path} 中的运行。</translation>
    </message>
    <message>
      <source>Another run is in training.</source>
      <translation>另一个训练正在进行。</translation>
    </message>
    <message>
      <source>As soon as it is back, DeepStudio listens on.</source>
      <translation>麦克风恢复后，DeepStudio 会立即继续听。</translation>
    </message>
    <message>
      <source>Ask its author for plain weights (a state_dict) or a .safetensors file.</source>
      <translation>请向作者索取纯权重（state_dict）或 .safetensors 文件。</translation>
    </message>
    <message>
      <source>At least two classes are needed to learn the difference.</source>
      <translation>至少需要两个类别才能学会区分。</translation>
    </message>
    <message>
      <source>At least two words are needed.</source>
      <translation>至少需要两个词。</translation>
    </message>
    <message>
      <source>At least two words, said by two people, are needed.</source>
      <translation>至少需要两个词,由两个人说出。</translation>
    </message>
    <message>
      <source>Available: {near}.</source>
      <translation>可用：{near}。</translation>
    </message>
    <message>
      <source>Choose another folder, or go on with that run: --resume {path}.</source>
      <translation>请选择另一个文件夹，或继续那次训练：--resume {path}。</translation>
    </message>
    <message>
      <source>Choose another name, or overwrite it with --force.</source>
      <translation>请换一个名称，或用 --force 覆盖。</translation>
    </message>
    <message>
      <source>Choose smaller batches, a smaller network, or the CPU.</source>
      <translation>请选择更小的批次、更小的网络，或改用 CPU。</translation>
    </message>
    <message>
      <source>Choose the long form of CSV, or Parquet.</source>
      <translation>请选择长格式 CSV 或 Parquet。</translation>
    </message>
    <message>
      <source>Choose the unpacked folder of a streaming model.</source>
      <translation>请选择流式模型解压后的文件夹。</translation>
    </message>
    <message>
      <source>Choose the unpacked folder of a streaming model: it holds tokens.txt and .onnx files.</source>
      <translation>请选择流式模型解压后的文件夹：其中有 tokens.txt 和 .onnx 文件。</translation>
    </message>
    <message>
      <source>Close other programs that use it, or choose the CPU in the settings.</source>
      <translation>请关闭占用它的其他程序，或在设置中选择 CPU。</translation>
    </message>
    <message>
      <source>Close that program; what is waiting is written then.</source>
      <translation>请关闭该程序，等待中的数据随后会写入。</translation>
    </message>
    <message>
      <source>Connect it and try again, or open a .pth file that you have.</source>
      <translation>请联网后重试，或打开已有的 .pth 文件。</translation>
    </message>
    <message>
      <source>Copy a picture or a file first.</source>
      <translation>请先复制一张图片或一个文件。</translation>
    </message>
    <message>
      <source>Cross-validation is not there for this task: {task}.</source>
      <translation>这个任务不支持交叉验证：{task}。</translation>
    </message>
    <message>
      <source>Cross-validation needs at least two folds.</source>
      <translation>交叉验证至少需要两折。</translation>
    </message>
    <message>
      <source>DeepStudio cannot open {name}.</source>
      <translation>DeepStudio 无法打开 {name}。</translation>
    </message>
    <message>
      <source>Did you mean: {near}?</source>
      <translation>你是不是想用：{near}？</translation>
    </message>
    <message>
      <source>Each of the seeds must be another one.</source>
      <translation>种子不能重复。</translation>
    </message>
    <message>
      <source>Everything before that was read.</source>
      <translation>此前的内容都已读取。</translation>
    </message>
    <message>
      <source>Export it as PNG.</source>
      <translation>请将它导出为 PNG。</translation>
    </message>
    <message>
      <source>Get it again from where it came from.</source>
      <translation>请从原来的地方重新获取。</translation>
    </message>
    <message>
      <source>Give it the columns path and label, and split if you like.</source>
      <translation>请提供 path 和 label 两列，还可以有 split 列。</translation>
    </message>
    <message>
      <source>Images of {height} x {width} pixels are too small for this network.</source>
      <translation>{height} × {width} 像素的图像对这个网络来说太小。</translation>
    </message>
    <message>
      <source>Install it with: pip install pillow-heif; or export the picture as JPEG.</source>
      <translation>请运行 pip install pillow-heif 安装，或把图片导出为 JPEG。</translation>
    </message>
    <message>
      <source>Install it with: pip install pyarrow</source>
      <translation>安装命令：pip install pyarrow</translation>
    </message>
    <message>
      <source>Install one in the Models workspace.</source>
      <translation>请在“模型”工作区安装一个。</translation>
    </message>
    <message>
      <source>Install that version, or set DEEPSTUDIO_HOME to another folder.</source>
      <translation>请安装该版本，或将 DEEPSTUDIO_HOME 设为其他文件夹。</translation>
    </message>
    <message>
      <source>It opens {kinds}.</source>
      <translation>它可以打开：{kinds}。</translation>
    </message>
    <message>
      <source>It was deleted. Try again later.</source>
      <translation>文件已删除，请稍后重试。</translation>
    </message>
    <message>
      <source>Known classes: {classes}.</source>
      <translation>已知类别：{classes}。</translation>
    </message>
    <message>
      <source>Known keys near it: {near}.</source>
      <translation>相近的已知键：{near}。</translation>
    </message>
    <message>
      <source>Known splits: train, validation, test.</source>
      <translation>可用的划分：train、validation、test。</translation>
    </message>
    <message>
      <source>Line {line} of {path} has a word but no tag.</source>
      <translation>{path} 的第 {line} 行有单词却没有标签。</translation>
    </message>
    <message>
      <source>Line {line} of {path} is no object with names and values.</source>
      <translation>{path} 的第 {line} 行不是带名称和值的对象。</translation>
    </message>
    <message>
      <source>Line {line} of {path} is no valid JSON.</source>
      <translation>{path} 的第 {line} 行不是有效的 JSON。</translation>
    </message>
    <message>
      <source>Line {line} of {path} is of a split '{split}' that is not known here.</source>
      <translation>{path} 第 {line} 行的划分“{split}”无法识别。</translation>
    </message>
    <message>
      <source>Line {line} of {path} lacks its path or its label.</source>
      <translation>{path} 第 {line} 行缺少路径或标签。</translation>
    </message>
    <message>
      <source>Live transcription is measured on recorded speech.</source>
      <translation>实时转写要用录好的语音来测量。</translation>
    </message>
    <message>
      <source>Look after that disk; what is waiting is written as soon as it can be.</source>
      <translation>请检查该磁盘，等待中的数据会尽快写入。</translation>
    </message>
    <message>
      <source>Lower the learning rate; the last checkpoint is from before that step.</source>
      <translation>请降低学习率；最近的检查点在那一步之前。</translation>
    </message>
    <message>
      <source>Make it first, or end the name with a slash to have a folder made.</source>
      <translation>请先创建它；或者让名称以斜杠结尾，这样会自动创建文件夹。</translation>
    </message>
    <message>
      <source>Make room and start DeepStudio again; what was captured waits till then.</source>
      <translation>请腾出空间并重新启动 DeepStudio；已录下的内容会保留到那时。</translation>
    </message>
    <message>
      <source>Make room; what is waiting is written then.</source>
      <translation>请腾出空间，等待中的数据随后会写入。</translation>
    </message>
    <message>
      <source>Models of speech answer: deepstudio transcribe FILE</source>
      <translation>语音模型请用：deepstudio transcribe FILE</translation>
    </message>
    <message>
      <source>Name it: --data with a table (path, text), a folder, or a sound file.</source>
      <translation>请指定:--data 后接表格(path、text)、文件夹或声音文件。</translation>
    </message>
    <message>
      <source>Name one by the start of its id: {ids}.</source>
      <translation>请用标识符的开头指定其中一个：{ids}。</translation>
    </message>
    <message>
      <source>Name the file itself.</source>
      <translation>请直接指定文件。</translation>
    </message>
    <message>
      <source>Name the folder that holds it with --data DIR.</source>
      <translation>请用 --data DIR 指定存放它的文件夹。</translation>
    </message>
    <message>
      <source>No folder could be made in {path}.</source>
      <translation>无法在 {path} 中创建文件夹。</translation>
    </message>
    <message>
      <source>No image in {path} could be read.</source>
      <translation>{path} 中没有一张图片可以读取。</translation>
    </message>
    <message>
      <source>No single word was found in {path}.</source>
      <translation>{path} 中没有找到单独的词。</translation>
    </message>
    <message>
      <source>None of the clips can be read.</source>
      <translation>没有一段录音可以读取。</translation>
    </message>
    <message>
      <source>None of the recipe's sets of other things is below {path}.</source>
      <translation>{path} 下没有配方所列的任何其他事物的图片集。</translation>
    </message>
    <message>
      <source>None of the recordings named in {path} is there.</source>
      <translation>{path} 中列出的录音一个也找不到。</translation>
    </message>
    <message>
      <source>Nothing in {path} could be read.</source>
      <translation>{path} 中没有任何内容可以读取。</translation>
    </message>
    <message>
      <source>On Debian or Ubuntu type: sudo apt-get install -y libportaudio2.</source>
      <translation>在 Debian 或 Ubuntu 上请输入：sudo apt-get install -y libportaudio2。</translation>
    </message>
    <message>
      <source>Parquet files need the package pyarrow, which is not installed.</source>
      <translation>Parquet 文件需要 pyarrow 软件包，但它尚未安装。</translation>
    </message>
    <message>
      <source>Paths in a table start at its own folder.</source>
      <translation>表格中的路径以表格所在文件夹为起点。</translation>
    </message>
    <message>
      <source>Plug it in again, or choose another one.</source>
      <translation>请重新插上，或选择另一个。</translation>
    </message>
    <message>
      <source>Plug one in, or drop a sound file on the window.</source>
      <translation>请插上一个，或把声音文件拖到窗口上。</translation>
    </message>
    <message>
      <source>Put the images of each class into a folder of its own: {path}/&lt;class&gt;/&lt;file&gt;.</source>
      <translation>请把每一类的图片放进单独的文件夹：{path}/&lt;class&gt;/&lt;file&gt;。</translation>
    </message>
    <message>
      <source>Put the recordings of each word into a folder of its name.</source>
      <translation>请把每个词的录音放进以该词命名的文件夹。</translation>
    </message>
    <message>
      <source>Put the texts of each class into a folder of its own.</source>
      <translation>请把每个类别的文本放进各自的文件夹。</translation>
    </message>
    <message>
      <source>See whether another program holds it, and whether the system's privacy settings allow microphones.</source>
      <translation>请检查是否被其他程序占用，以及系统隐私设置是否允许使用麦克风。</translation>
    </message>
    <message>
      <source>Shipped recipes: {known}.</source>
      <translation>自带的配方：{known}。</translation>
    </message>
    <message>
      <source>Something unexpected went wrong ({kind}). The log has the details.</source>
      <translation>发生了意外错误（{kind}）。详情见日志。</translation>
    </message>
    <message>
      <source>Start a new run for other settings.</source>
      <translation>要用其他设置，请开始新的训练。</translation>
    </message>
    <message>
      <source>Start from the model commands.</source>
      <translation>请从模型 commands 开始。</translation>
    </message>
    <message>
      <source>Start the program again: it keeps the damaged file and saves what can be read.</source>
      <translation>请重新启动程序：它会保留损坏的文件并抢救可读的内容。</translation>
    </message>
    <message>
      <source>Such files have 'tfevents' in their names.</source>
      <translation>这类文件的名称中带有“tfevents”。</translation>
    </message>
    <message>
      <source>Take larger batches or fewer processes.</source>
      <translation>请加大批大小，或减少进程数。</translation>
    </message>
    <message>
      <source>The Python package sherpa-onnx is missing.</source>
      <translation>缺少 Python 包 sherpa-onnx。</translation>
    </message>
    <message>
      <source>The Python package sounddevice is missing.</source>
      <translation>缺少 Python 包 sounddevice。</translation>
    </message>
    <message>
      <source>The card in {where} cannot be read: {reason}</source>
      <translation>无法读取 {where} 中的卡片：{reason}</translation>
    </message>
    <message>
      <source>The checkpoint {path} belongs to another network or another version.</source>
      <translation>检查点 {path} 属于另一个网络或另一个版本。</translation>
    </message>
    <message>
      <source>The checkpoint {path} is damaged.</source>
      <translation>检查点 {path} 已损坏。</translation>
    </message>
    <message>
      <source>The connection to {host} broke off.</source>
      <translation>与 {host} 的连接中断了。</translation>
    </message>
    <message>
      <source>The corrections cannot be written to {path}: {reason}.</source>
      <translation>无法把更正写入 {path}：{reason}。</translation>
    </message>
    <message>
      <source>The corrections in {path} were made by a newer DeepStudio.</source>
      <translation>{path} 中的更正由更新版本的 DeepStudio 生成。</translation>
    </message>
    <message>
      <source>The corrections still count in every training.</source>
      <translation>这些更正在每次训练中仍然有效。</translation>
    </message>
    <message>
      <source>The description of the run '{name}' is damaged.</source>
      <translation>训练“{name}”的描述已损坏。</translation>
    </message>
    <message>
      <source>The device '{name}' is not available here.</source>
      <translation>这里没有设备“{name}”。</translation>
    </message>
    <message>
      <source>The device has too little memory for this network and batches of {size}.</source>
      <translation>设备内存不足以运行这个网络和大小为 {size} 的批次。</translation>
    </message>
    <message>
      <source>The device has too little memory for this network, even for one picture.</source>
      <translation>设备内存不足以运行这个网络，哪怕只有一张图片。</translation>
    </message>
    <message>
      <source>The device has too little memory to explain this network.</source>
      <translation>设备内存不足以解释这个网络。</translation>
    </message>
    <message>
      <source>The disk fails: {path} could not be read or written ({reason}).</source>
      <translation>磁盘出错：无法读写 {path}（{reason}）。</translation>
    </message>
    <message>
      <source>The disk has too little room: {name} needs {needed} MB more than there are.</source>
      <translation>磁盘空间不足：{name} 还需要 {needed} MB。</translation>
    </message>
    <message>
      <source>The disk is full: the runs cannot be written to {path}.</source>
      <translation>磁盘已满：无法将运行写入 {path}。</translation>
    </message>
    <message>
      <source>The disk is full: {path} could not be written.</source>
      <translation>磁盘已满：无法写入 {path}。</translation>
    </message>
    <message>
      <source>The file {name} belongs to no group: '{pattern}' is not found in '{text}'.</source>
      <translation>文件 {name} 不属于任何组：在“{text}”中找不到“{pattern}”。</translation>
    </message>
    <message>
      <source>The file {name} is not in {path}.</source>
      <translation>{path} 中没有文件 {name}。</translation>
    </message>
    <message>
      <source>The folder '{folder}' in {path} names no class that is known here.</source>
      <translation>{path} 中的文件夹“{folder}”不是这里已知的类别。</translation>
    </message>
    <message>
      <source>The folder {path} cannot be listed: {reason}.</source>
      <translation>无法列出文件夹 {path}：{reason}。</translation>
    </message>
    <message>
      <source>The folder {path} holds no labelled images.</source>
      <translation>文件夹 {path} 中没有带标签的图片。</translation>
    </message>
    <message>
      <source>The folder {path} holds no pictures.</source>
      <translation>文件夹 {path} 中没有图片。</translation>
    </message>
    <message>
      <source>The folder {path} holds no sound files.</source>
      <translation>文件夹 {path} 中没有声音文件。</translation>
    </message>
    <message>
      <source>The folder {path} holds no text files in folders by class.</source>
      <translation>文件夹 {path} 中没有按类别分文件夹存放的文本文件。</translation>
    </message>
    <message>
      <source>The label '{folder}' in {path} names no class that is known here.</source>
      <translation>{path} 中的标签“{folder}”不是已知的类别。</translation>
    </message>
    <message>
      <source>The label '{label}' in {path} is none of: {known}.</source>
      <translation>{path} 中的标签“{label}”不在其中：{known}。</translation>
    </message>
    <message>
      <source>The language model is made for other sounds than the speech model has.</source>
      <translation>语言模型使用的音素与语音模型不同。</translation>
    </message>
    <message>
      <source>The loss is not a number from the first steps on, at whatever learning rate.</source>
      <translation>无论学习率多大，损失从最初几步起就不是数字。</translation>
    </message>
    <message>
      <source>The loss is not a number since step {step}, so training was stopped.</source>
      <translation>自第 {step} 步起损失不是数值，训练已停止。</translation>
    </message>
    <message>
      <source>The measurement failed: {reason}.</source>
      <translation>测量失败：{reason}。</translation>
    </message>
    <message>
      <source>The microphone '{name}' cannot be opened: {reason}.</source>
      <translation>无法打开麦克风“{name}”：{reason}。</translation>
    </message>
    <message>
      <source>The microphone '{name}' is not there.</source>
      <translation>找不到麦克风“{name}”。</translation>
    </message>
    <message>
      <source>The microphone is gone: it was unplugged, or another program took it.</source>
      <translation>麦克风不可用：已被拔出，或被其他程序占用。</translation>
    </message>
    <message>
      <source>The model does not know the word '{word}'.</source>
      <translation>模型不认识单词“{word}”。</translation>
    </message>
    <message>
      <source>The model file {path} is damaged or not what it claims: {reason}.</source>
      <translation>模型文件 {path} 已损坏或与其声明不符：{reason}。</translation>
    </message>
    <message>
      <source>The model file {path} is damaged.</source>
      <translation>模型文件 {path} 已损坏。</translation>
    </message>
    <message>
      <source>The model knows no word like '{label}'.</source>
      <translation>模型不认识与“{label}”相近的词。</translation>
    </message>
    <message>
      <source>The model {model} answers neither pictures nor texts.</source>
      <translation>模型 {model} 既不处理图片，也不处理文本。</translation>
    </message>
    <message>
      <source>The model {model} answers pictures, not texts.</source>
      <translation>模型 {model} 回答的是图片，不是文本。</translation>
    </message>
    <message>
      <source>The model {model} cannot learn new words.</source>
      <translation>模型 {model} 不能学习新词。</translation>
    </message>
    <message>
      <source>The model {model} has labels of its own and takes no others.</source>
      <translation>模型 {model} 有自己的标签,不接受其他标签。</translation>
    </message>
    <message>
      <source>The model {model} has no label number {label}.</source>
      <translation>模型 {model} 没有编号为 {label} 的标签。</translation>
    </message>
    <message>
      <source>The model {model} is made for another task ({task}), not for keywords.</source>
      <translation>模型 {model} 用于其他任务({task}),不能识别口令。</translation>
    </message>
    <message>
      <source>The model {model} is made for another task ({task}), not for speech.</source>
      <translation>模型 {model} 用于其他任务({task}),不能识别语音。</translation>
    </message>
    <message>
      <source>The model {model} is made for another task ({task}).</source>
      <translation>模型 {model} 用于另一种任务（{task}）。</translation>
    </message>
    <message>
      <source>The network of {model} has no recurrent layers.</source>
      <translation>{model} 的网络没有循环层。</translation>
    </message>
    <message>
      <source>The network {network} cannot do this task.</source>
      <translation>网络 {network} 无法完成此任务。</translation>
    </message>
    <message>
      <source>The program's sample pictures are missing.</source>
      <translation>程序的示例图片缺失。</translation>
    </message>
    <message>
      <source>The recipe names no image set ([[sets]]).</source>
      <translation>配方没有指定图片集([[sets]])。</translation>
    </message>
    <message>
      <source>The recording could not be put together: the disk is full or fails.</source>
      <translation>录音无法合并：磁盘已满或出错。</translation>
    </message>
    <message>
      <source>The runs in {path} are damaged.</source>
      <translation>{path} 中的运行已损坏。</translation>
    </message>
    <message>
      <source>The runs in {path} cannot be opened.</source>
      <translation>无法打开 {path} 中的运行。</translation>
    </message>
    <message>
      <source>The runs in {path} may be read but not written.</source>
      <translation>{path} 中的运行只能读取，不能写入。</translation>
    </message>
    <message>
      <source>The samples of {path} do not lie in folders by class, so none can be moved.</source>
      <translation>{path} 的样本没有按类别放在文件夹中，无法移动。</translation>
    </message>
    <message>
      <source>The set {name} has no class or no phrase for '{label}'.</source>
      <translation>图片集 {name} 没有“{label}”这一类,或没有描述它的词语。</translation>
    </message>
    <message>
      <source>The sound cannot be played: {reason}.</source>
      <translation>无法播放声音：{reason}。</translation>
    </message>
    <message>
      <source>The sound library PortAudio is missing.</source>
      <translation>缺少音频库 PortAudio。</translation>
    </message>
    <message>
      <source>The sound system does not answer: {reason}.</source>
      <translation>音频系统没有响应：{reason}。</translation>
    </message>
    <message>
      <source>The table {path} has no rows of the split '{split}'.</source>
      <translation>表格 {path} 中没有划分“{split}”的行。</translation>
    </message>
    <message>
      <source>The table {path} is empty.</source>
      <translation>表格 {path} 是空的。</translation>
    </message>
    <message>
      <source>The tables of the language model are incomplete.</source>
      <translation>语言模型的数据表不完整。</translation>
    </message>
    <message>
      <source>The tokenizer on the card cannot be read.</source>
      <translation>无法读取模型卡上的分词器。</translation>
    </message>
    <message>
      <source>The tour broke off: {reason}.</source>
      <translation>导览中断：{reason}。</translation>
    </message>
    <message>
      <source>The training processes could not be started: {reason}</source>
      <translation>无法启动训练进程：{reason}</translation>
    </message>
    <message>
      <source>The training processes ended with code {code}.</source>
      <translation>训练进程以代码 {code} 结束。</translation>
    </message>
    <message>
      <source>The weights in {path} are not those of the network that they claim to be.</source>
      <translation>{path} 中的权重与其声称的网络不符。</translation>
    </message>
    <message>
      <source>The weights in {path} fit no network of torchvision.</source>
      <translation>{path} 中的权重不适合任何 torchvision 网络。</translation>
    </message>
    <message>
      <source>The window did not launch: {reason}.</source>
      <translation>窗口没有启动：{reason}。</translation>
    </message>
    <message>
      <source>The word “{name}” is in this set already.</source>
      <translation>这个词集中已有“{name}”。</translation>
    </message>
    <message>
      <source>Their last words are in the details.</source>
      <translation>它们最后的输出在详细信息里。</translation>
    </message>
    <message>
      <source>There are no labels in {path}.</source>
      <translation>{path} 中没有标签。</translation>
    </message>
    <message>
      <source>There are no pairs of texts in {path}.</source>
      <translation>{path} 中没有成对的文本。</translation>
    </message>
    <message>
      <source>There are no pairs of words in {path}.</source>
      <translation>{path} 中没有词对。</translation>
    </message>
    <message>
      <source>There are no recordings with words in {path}.</source>
      <translation>{path} 中没有带文字的录音。</translation>
    </message>
    <message>
      <source>There are no tagged sentences in {path}.</source>
      <translation>{path} 中没有带标签的句子。</translation>
    </message>
    <message>
      <source>There are too few takes of “{name}”: {count} of at least {least}.</source>
      <translation>“{name}”的录音太少：{count} 次，至少要 {least} 次。</translation>
    </message>
    <message>
      <source>There are: {near}.</source>
      <translation>可用的有：{near}。</translation>
    </message>
    <message>
      <source>There is a word set “{name}” already.</source>
      <translation>已有名为“{name}”的词集。</translation>
    </message>
    <message>
      <source>There is no GPU here; on this CPU it would take about {minutes} minutes.</source>
      <translation>这里没有 GPU；在这个 CPU 上大约需要 {minutes} 分钟。</translation>
    </message>
    <message>
      <source>There is no checkpoint {path}.</source>
      <translation>没有检查点 {path}。</translation>
    </message>
    <message>
      <source>There is no file or folder {path}.</source>
      <translation>没有文件或文件夹 {path}。</translation>
    </message>
    <message>
      <source>There is no file {path}.</source>
      <translation>没有文件 {path}。</translation>
    </message>
    <message>
      <source>There is no folder {path}.</source>
      <translation>没有文件夹 {path}。</translation>
    </message>
    <message>
      <source>There is no microphone.</source>
      <translation>没有麦克风。</translation>
    </message>
    <message>
      <source>There is no model file {path}.</source>
      <translation>没有模型文件 {path}。</translation>
    </message>
    <message>
      <source>There is no permission to read {path}.</source>
      <translation>没有读取 {path} 的权限。</translation>
    </message>
    <message>
      <source>There is no permission to use {path}.</source>
      <translation>没有使用 {path} 的权限。</translation>
    </message>
    <message>
      <source>There is no recipe {path}.</source>
      <translation>没有配方 {path}。</translation>
    </message>
    <message>
      <source>There is no recording in {path}.</source>
      <translation>{path} 里没有录音。</translation>
    </message>
    <message>
      <source>There is no run '{name}'.</source>
      <translation>没有训练“{name}”。</translation>
    </message>
    <message>
      <source>There is no sound in {path}.</source>
      <translation>{path} 里没有声音。</translation>
    </message>
    <message>
      <source>There is no speech model.</source>
      <translation>没有语音模型。</translation>
    </message>
    <message>
      <source>There is no streaming model of sherpa-onnx in {path}: {file} is missing.</source>
      <translation>{path} 中没有 sherpa-onnx 的流式模型：缺少 {file}。</translation>
    </message>
    <message>
      <source>There is no test file in {path}.</source>
      <translation>{path} 中没有测试文件。</translation>
    </message>
    <message>
      <source>There is no test split in {path}.</source>
      <translation>{path} 中没有测试集。</translation>
    </message>
    <message>
      <source>There is no text in {path}.</source>
      <translation>{path} 中没有文本。</translation>
    </message>
    <message>
      <source>There is no text to learn from in {path}.</source>
      <translation>{path} 中没有可供学习的文本。</translation>
    </message>
    <message>
      <source>There is no text yet.</source>
      <translation>还没有文本。</translation>
    </message>
    <message>
      <source>There is no word set in {path}.</source>
      <translation>{path} 中没有词集。</translation>
    </message>
    <message>
      <source>There is no word “{name}” in this set.</source>
      <translation>这个词集中没有“{name}”。</translation>
    </message>
    <message>
      <source>There is no {kind} named '{name}'.</source>
      <translation>没有名为“{name}”的 {kind}。</translation>
    </message>
    <message>
      <source>There is no {kind} named '{name}'; there is none at all.</source>
      <translation>没有名为“{name}”的{kind}；一个也没有。</translation>
    </message>
    <message>
      <source>There is nothing at {path}.</source>
      <translation>{path} 处没有任何内容。</translation>
    </message>
    <message>
      <source>There is nothing in the clipboard that DeepStudio can open.</source>
      <translation>剪贴板里没有 DeepStudio 能打开的内容。</translation>
    </message>
    <message>
      <source>There is nothing to train on in {path}.</source>
      <translation>{path} 中没有可用来训练的内容。</translation>
    </message>
    <message>
      <source>There is one column of text, and no labels to learn.</source>
      <translation>只有一列文本，没有可学习的标签。</translation>
    </message>
    <message>
      <source>There is too little speech in {path} to train on.</source>
      <translation>{path} 中的语音太少,无法训练。</translation>
    </message>
    <message>
      <source>There is too little text in {path}.</source>
      <translation>{path} 中的文本太少。</translation>
    </message>
    <message>
      <source>This benchmark needs CIFAR-10.</source>
      <translation>这项基准测试需要 CIFAR-10。</translation>
    </message>
    <message>
      <source>This name is too long; {most} letters fit.</source>
      <translation>名称太长；最多 {most} 个字符。</translation>
    </message>
    <message>
      <source>This speech model does not know the sounds of English digits.</source>
      <translation>这个语音模型不认识英语数字的发音。</translation>
    </message>
    <message>
      <source>Train again with the same settings.</source>
      <translation>请用相同的设置重新训练。</translation>
    </message>
    <message>
      <source>Try again: the download goes on where it stopped.</source>
      <translation>请重试：下载会从中断处继续。</translation>
    </message>
    <message>
      <source>Type or paste some words.</source>
      <translation>请输入或粘贴一些文字。</translation>
    </message>
    <message>
      <source>Type: pip install deepstudio[sherpa].</source>
      <translation>请输入：pip install deepstudio[sherpa]。</translation>
    </message>
    <message>
      <source>Type: pip install sounddevice.</source>
      <translation>请输入：pip install sounddevice。</translation>
    </message>
    <message>
      <source>Update this program to use it.</source>
      <translation>请更新本程序后再使用。</translation>
    </message>
    <message>
      <source>Update this program to use them.</source>
      <translation>请更新本程序后再使用。</translation>
    </message>
    <message>
      <source>Use English words for the labels.</source>
      <translation>请用英文词作标签。</translation>
    </message>
    <message>
      <source>Use English words, or give an example picture for it.</source>
      <translation>请使用英文词,或为它提供一张示例图片。</translation>
    </message>
    <message>
      <source>Use a pair that was trained together.</source>
      <translation>请使用一起训练的一对模型。</translation>
    </message>
    <message>
      <source>Use the model english.</source>
      <translation>请使用模型 english。</translation>
    </message>
    <message>
      <source>WAV, FLAC, OGG, Opus, MP3, AIFF and many more can.</source>
      <translation>WAV、FLAC、OGG、Opus、MP3、AIFF 等多种格式均可读取。</translation>
    </message>
    <message>
      <source>Wait until it has finished, or stop it first.</source>
      <translation>请等它结束，或先停止它。</translation>
    </message>
    <message>
      <source>What arrived for {name} is not what was published: its checksum differs.</source>
      <translation>收到的 {name} 与发布的不一致：校验和不同。</translation>
    </message>
    <message>
      <source>Write source and target in one line with a tab between them.</source>
      <translation>请把原文和译文写在同一行，中间用制表符隔开。</translation>
    </message>
    <message>
      <source>it has an unknown tensor '{name}' for the network that its card names</source>
      <translation>含有卡片所指网络没有的张量“{name}”</translation>
    </message>
    <message>
      <source>it is not a JSON object.</source>
      <translation>它不是 JSON 对象。</translation>
    </message>
    <message>
      <source>it is not valid JSON.</source>
      <translation>它不是有效的 JSON。</translation>
    </message>
    <message>
      <source>it is too short to be a model file</source>
      <translation>文件太短，不可能是模型文件</translation>
    </message>
    <message>
      <source>it lacks tensor '{name}' for the network that its card names</source>
      <translation>缺少卡片所指网络需要的张量“{name}”</translation>
    </message>
    <message>
      <source>it should hold {expected} bytes of weights and holds {found}</source>
      <translation>应含 {expected} 字节权重，实际为 {found} 字节</translation>
    </message>
    <message>
      <source>its header is longer than the file, or it is no safetensors file</source>
      <translation>文件头比文件本身还长，或者它不是 safetensors 文件</translation>
    </message>
    <message>
      <source>its header is not a table</source>
      <translation>文件头不是表</translation>
    </message>
    <message>
      <source>its header is not readable</source>
      <translation>无法读取文件头</translation>
    </message>
    <message>
      <source>its labels are missing or repeat themselves</source>
      <translation>标签缺失或重复</translation>
    </message>
    <message>
      <source>its mean or deviation does not fit its channels</source>
      <translation>均值或标准差与通道数不符</translation>
    </message>
    <message>
      <source>its tensors overlap or leave gaps</source>
      <translation>张量互相重叠或留有空隙</translation>
    </message>
    <message>
      <source>its weights are not those that the card was written for</source>
      <translation>其权重与卡片所描述的不一致</translation>
    </message>
    <message>
      <source>sherpa-onnx cannot open the model in {path}: {reason}.</source>
      <translation>sherpa-onnx 无法打开 {path} 中的模型：{reason}。</translation>
    </message>
    <message>
      <source>the card promises {expected} parameters and the file holds {found} values</source>
      <translation>卡片声称有 {expected} 个参数，而文件只含 {found} 个值</translation>
    </message>
    <message>
      <source>the entry of '{name}' is not readable</source>
      <translation>无法读取“{name}”的条目</translation>
    </message>
    <message>
      <source>the size of '{name}' contradicts its shape</source>
      <translation>“{name}”的大小与其形状矛盾</translation>
    </message>
    <message>
      <source>{available} examples or groups cannot be dealt into {count} folds.</source>
      <translation>{available} 个样本或组无法分成 {count} 折。</translation>
    </message>
    <message>
      <source>{count} runs go by '{name}'.</source>
      <translation>有 {count} 次运行都叫“{name}”。</translation>
    </message>
    <message>
      <source>{heads} attention heads cannot share {size} numbers evenly.</source>
      <translation>{heads} 个注意力头无法平分 {size} 个数。</translation>
    </message>
    <message>
      <source>{host} cannot be reached. This machine seems to be offline.</source>
      <translation>无法连接 {host}。本机似乎处于离线状态。</translation>
    </message>
    <message>
      <source>{host} offers another file than was published ({size} bytes).</source>
      <translation>{host} 提供的文件与发布的不同（{size} 字节）。</translation>
    </message>
    <message>
      <source>{host} refused the download (HTTP {code}).</source>
      <translation>{host} 拒绝了下载 (HTTP {code})。</translation>
    </message>
    <message>
      <source>{left} has {left_lines} lines but {right} has {right_lines}.</source>
      <translation>{left} 有 {left_lines} 行，而 {right} 有 {right_lines} 行。</translation>
    </message>
    <message>
      <source>{name} claims to hold more than {limit} megapixels and was not decoded.</source>
      <translation>{name} 声称超过 {limit} 百万像素，因此没有解码。</translation>
    </message>
    <message>
      <source>{name} claims to hold {width} x {height} pixels, more than {limit} megapixels, and was not decoded.</source>
      <translation>{name} 声称有 {width} × {height} 像素，超过 {limit} 百万像素，因此没有解码。</translation>
    </message>
    <message>
      <source>{name} could not be measured with {program}.</source>
      <translation>无法用 {program} 测量 {name}。</translation>
    </message>
    <message>
      <source>{name} does not say how it takes sound.</source>
      <translation>{name} 没有说明如何接收声音。</translation>
    </message>
    <message>
      <source>{name} does not say how it takes text.</source>
      <translation>{name} 没有说明如何接收文本。</translation>
    </message>
    <message>
      <source>{name} holds text, not a picture.</source>
      <translation>{name} 是文本，不是图片。</translation>
    </message>
    <message>
      <source>{name} is a HEIC picture, and the package that reads those is not installed.</source>
      <translation>{name} 是 HEIC 图片，但没有安装读取它的软件包。</translation>
    </message>
    <message>
      <source>{name} is a document or an archive, not a picture.</source>
      <translation>{name} 是文档或压缩包，不是图片。</translation>
    </message>
    <message>
      <source>{name} is a vector drawing (SVG), not a picture made of pixels.</source>
      <translation>{name} 是矢量图 (SVG)，不是由像素组成的图片。</translation>
    </message>
    <message>
      <source>{name} is a video or a sound, not a picture.</source>
      <translation>{name} 是视频或音频，不是图片。</translation>
    </message>
    <message>
      <source>{name} is damaged and cannot be decoded ({reason}).</source>
      <translation>{name} 已损坏，无法解码（{reason}）。</translation>
    </message>
    <message>
      <source>{name} is empty (0 bytes).</source>
      <translation>{name} 是空文件（0 字节）。</translation>
    </message>
    <message>
      <source>{name} is no picture: {shape} values of type {kind}.</source>
      <translation>{name} 不是图片：形状为 {shape}、类型为 {kind} 的数值。</translation>
    </message>
    <message>
      <source>{name} is not a picture in any format known here.</source>
      <translation>{name} 不是任何已知格式的图片。</translation>
    </message>
    <message>
      <source>{name} is truncated: the file ends before the picture does.</source>
      <translation>{name} 被截断：文件在图片结束之前就中断了。</translation>
    </message>
    <message>
      <source>{name} needs more memory than there is.</source>
      <translation>{name} 所需内存超过可用内存。</translation>
    </message>
    <message>
      <source>{path} already holds a run.</source>
      <translation>{path} 中已有一次训练。</translation>
    </message>
    <message>
      <source>{path} and {labels} do not belong together.</source>
      <translation>{path} 与 {labels} 不匹配。</translation>
    </message>
    <message>
      <source>{path} breaks off after {seconds} s.</source>
      <translation>{path} 在 {seconds} 秒后中断。</translation>
    </message>
    <message>
      <source>{path} cannot be read as a table.</source>
      <translation>无法将 {path} 读作表格。</translation>
    </message>
    <message>
      <source>{path} cannot be read as sound.</source>
      <translation>{path} 无法作为声音读取。</translation>
    </message>
    <message>
      <source>{path} cannot be read as text.</source>
      <translation>无法将 {path} 读作文本。</translation>
    </message>
    <message>
      <source>{path} cannot be read: {reason}.</source>
      <translation>无法读取 {path}：{reason}。</translation>
    </message>
    <message>
      <source>{path} cannot be written: {reason}.</source>
      <translation>无法写入 {path}：{reason}。</translation>
    </message>
    <message>
      <source>{path} carries no DeepStudio card, so it is unknown what its weights are for.</source>
      <translation>{path} 没有 DeepStudio 模型卡，因此不知道这些权重的用途。</translation>
    </message>
    <message>
      <source>{path} could not be written: {reason}.</source>
      <translation>无法写入 {path}：{reason}。</translation>
    </message>
    <message>
      <source>{path} has a start or a length that is no number.</source>
      <translation>{path} 中有的起点或时长不是数字。</translation>
    </message>
    <message>
      <source>{path} has fewer examples than folds were asked for.</source>
      <translation>{path} 的样本数少于要求的折数。</translation>
    </message>
    <message>
      <source>{path} has one column, but pairs need two.</source>
      <translation>{path} 只有一列，而成对的文本需要两列。</translation>
    </message>
    <message>
      <source>{path} holds no TensorBoard event files.</source>
      <translation>{path} 中没有 TensorBoard 事件文件。</translation>
    </message>
    <message>
      <source>{path} holds no single word: it is {seconds} s long.</source>
      <translation>{path} 不是单独的词：长 {seconds} 秒。</translation>
    </message>
    <message>
      <source>{path} holds no table of weights by name.</source>
      <translation>{path} 中没有按名称列出的权重表。</translation>
    </message>
    <message>
      <source>{path} holds no text.</source>
      <translation>{path} 中没有文本。</translation>
    </message>
    <message>
      <source>{path} holds too few texts to keep some for validation.</source>
      <translation>{path} 中的文本太少，无法留出一部分用于验证。</translation>
    </message>
    <message>
      <source>{path} holds {count} pictures, none with the number {index}.</source>
      <translation>{path} 中有 {count} 张图片，没有编号为 {index} 的。</translation>
    </message>
    <message>
      <source>{path} is a database, but none of DeepStudio's runs.</source>
      <translation>{path} 是数据库，但不是 DeepStudio 的运行记录。</translation>
    </message>
    <message>
      <source>{path} is a folder; a file is needed.</source>
      <translation>{path} 是文件夹；这里需要文件。</translation>
    </message>
    <message>
      <source>{path} is a folder; a picture is needed.</source>
      <translation>{path} 是文件夹；这里需要图片。</translation>
    </message>
    <message>
      <source>{path} is a recipe for another task: {task}.</source>
      <translation>{path} 是另一种任务的配方：{task}。</translation>
    </message>
    <message>
      <source>{path} is damaged, or no file of weights.</source>
      <translation>{path} 已损坏，或不是权重文件。</translation>
    </message>
    <message>
      <source>{path} is no archive of a run, or it is damaged.</source>
      <translation>{path} 不是运行的归档，或者已损坏。</translation>
    </message>
    <message>
      <source>{path} is no table of speech: it needs the columns path and text.</source>
      <translation>{path} 不是语音表格:需要 path 和 text 两列。</translation>
    </message>
    <message>
      <source>{path} is no table: {reason} in line {line}.</source>
      <translation>{path} 不是表格：第 {line} 行 {reason}。</translation>
    </message>
    <message>
      <source>{path} is not a whole idx file: {reason}.</source>
      <translation>{path} 不是完整的 idx 文件：{reason}。</translation>
    </message>
    <message>
      <source>{path} is not an ordinary file.</source>
      <translation>{path} 不是普通文件。</translation>
    </message>
    <message>
      <source>{path} is not valid TOML: {reason}.</source>
      <translation>{path} 不是有效的 TOML：{reason}。</translation>
    </message>
    <message>
      <source>{path} is there already.</source>
      <translation>{path} 已经存在。</translation>
    </message>
    <message>
      <source>{path} lies on a read-only disk.</source>
      <translation>{path} 位于只读磁盘上。</translation>
    </message>
    <message>
      <source>{path} names no labelled pictures: it has the columns {columns}.</source>
      <translation>{path} 没有列出带标签的图片：它的列为 {columns}。</translation>
    </message>
    <message>
      <source>{path} was refused: it holds other things than weights, which could run code, or is damaged.</source>
      <translation>已拒绝 {path}：它含有权重以外的内容，可能会运行代码，或者已损坏。</translation>
    </message>
    <message>
      <source>{url} is no web address.</source>
      <translation>{url} 不是网址。</translation>
    </message>
    <message>
      <source>{where} has an unknown key '{key}'.</source>
      <translation>{where} 中有未知的键“{key}”。</translation>
    </message>
    <message>
      <source>{where} lacks the key '{key}'.</source>
      <translation>{where} 缺少键“{key}”。</translation>
    </message>
    <message>
      <source>{where} was made by a newer DeepStudio (card version {version}).</source>
      <translation>{where} 由更新版本的 DeepStudio 生成（模型卡版本 {version}）。</translation>
    </message>
    <message>
      <source>{where}: '{key}' is {value}, but must be one of {choices}.</source>
      <translation>{where}：“{key}”是 {value}，但必须是其中之一：{choices}。</translation>
    </message>
    <message>
      <source>{where}: '{key}' is {value}, but must lie between {low} and {high}.</source>
      <translation>{where}：“{key}”是 {value}，但必须介于 {low} 和 {high} 之间。</translation>
    </message>
    <message>
      <source>{where}: '{key}' must be a number, not {value}.</source>
      <translation>{where}：“{key}”必须是数字，而不是 {value}。</translation>
    </message>
    <message>
      <source>{where}: '{key}' must be a text, not {value}.</source>
      <translation>{where}：“{key}”必须是文本，而不是 {value}。</translation>
    </message>
    <message>
      <source>{where}: '{key}' must be a whole number, not {value}.</source>
      <translation>{where}：“{key}”必须是整数，而不是 {value}。</translation>
    </message>
    <message>
      <source>{where}: '{key}' must be true or false, not {value}.</source>
      <translation>{where}：“{key}”必须是 true 或 false，而不是 {value}。</translation>
    </message>
    <message>
      <source>{where}: '{key}' must be {kind}, not {value}.</source>
      <translation>{where}：“{key}”必须是 {kind}，而不是 {value}。</translation>
    </message>
    <message>
      <source>“{name}” ended before its first checkpoint, so it cannot go on.</source>
      <translation>“{name}”在第一个检查点之前就结束了，无法继续。</translation>
    </message>
    <message>
      <source>“{name}” was not trained here, so it cannot go on.</source>
      <translation>“{name}”不是在这里训练的，无法继续。</translation>
    </message>
    <message>
      <source>“{sign}” compares numbers, and “{value}” is none.</source>
      <translation>“{sign}”用于比较数字，而“{value}”不是数字。</translation>
    </message>
  </context>
  <context>
    <name>events</name>
    <message>
      <source>A snapshot of the network was taken after step {step}.</source>
      <translation>已在第 {step} 步后保存网络快照。</translation>
    </message>
    <message>
      <source>At step {at} the loss is not a number ({value}).</source>
      <translation>第 {at} 步的损失不是数值（{value}）。</translation>
    </message>
    <message>
      <source>Files below {path} that cannot be read and are left out: {count}, the first of them {name}.</source>
      <translation>{path} 下有 {count} 个文件无法读取，已略过，第一个是 {name}。</translation>
    </message>
    <message>
      <source>Finished. The model is ready.</source>
      <translation>已完成，模型可以使用。</translation>
    </message>
    <message>
      <source>For {epochs} epochs the loss on validation data has not improved.</source>
      <translation>验证损失已连续 {epochs} 轮没有改善。</translation>
    </message>
    <message>
      <source>How {count} of {total} words are spoken is a guess from their letters.</source>
      <translation>{total} 个词中有 {count} 个的读音是根据拼写推测的。</translation>
    </message>
    <message>
      <source>Paused after step {step}.</source>
      <translation>已在第 {step} 步后暂停。</translation>
    </message>
    <message>
      <source>Records that could not be stored: {count}. They are kept in {file} ({reason}).</source>
      <translation>无法存入的记录：{count} 条。已保留在 {file}（{reason}）。</translation>
    </message>
    <message>
      <source>Stopped after step {step}. The run can go on from there.</source>
      <translation>已在第 {step} 步后停止，可从该处继续。</translation>
    </message>
    <message>
      <source>The checkpoint could not be written: {reason}. Training goes on.</source>
      <translation>无法写入检查点：{reason}。训练继续进行。</translation>
    </message>
    <message>
      <source>The learning rate is multiplied by {factor} from step {step} on.</source>
      <translation>第 {step} 步之后，学习率乘以 {factor}。</translation>
    </message>
    <message>
      <source>The loss climbs: from {lowest} back to {now}. The learning rate may be too high.</source>
      <translation>损失在回升：从 {lowest} 升至 {now}。学习率可能过高。</translation>
    </message>
    <message>
      <source>The network overfits: for {epochs} epochs the validation loss rose while the training loss fell.</source>
      <translation>网络过拟合：连续 {epochs} 轮训练损失下降而验证损失上升。</translation>
    </message>
    <message>
      <source>The store of runs takes what training says again; nothing was lost.</source>
      <translation>运行记录库已恢复写入，没有丢失任何数据。</translation>
    </message>
    <message>
      <source>The test split cannot be used: {reason}</source>
      <translation>测试集无法使用：{reason}</translation>
    </message>
    <message>
      <source>There are no pictures of other things in {path}; the network learns without them.</source>
      <translation>{path} 中没有其他事物的图片;网络将不用它们学习。</translation>
    </message>
    <message>
      <source>There is no test split, so the model will only be measured on validation data: {reason}</source>
      <translation>没有测试集，模型将只在验证数据上评测：{reason}</translation>
    </message>
    <message>
      <source>This run is not kept in the list of runs: {reason}</source>
      <translation>此次运行不会记入运行列表：{reason}</translation>
    </message>
    <message>
      <source>Training began.</source>
      <translation>训练开始。</translation>
    </message>
    <message>
      <source>Training ends early: no improvement for {epochs} epochs.</source>
      <translation>提前结束训练：连续 {epochs} 轮没有改善。</translation>
    </message>
    <message>
      <source>Training failed: {reason}</source>
      <translation>训练失败：{reason}</translation>
    </message>
    <message>
      <source>Training goes on from step {step}.</source>
      <translation>从第 {step} 步继续训练。</translation>
    </message>
    <message>
      <source>Training goes on.</source>
      <translation>训练继续。</translation>
    </message>
    <message>
      <source>Training will stop at the end of this epoch.</source>
      <translation>训练将在本轮结束时停止。</translation>
    </message>
    <message>
      <source>{count} calls were left out: they came faster than they could be written.</source>
      <translation>有 {count} 次记录被略过：它们来得太快，来不及写入。</translation>
    </message>
    <message>
      <source>{count} utterances are left out: words in them are written with other letters than a to z.</source>
      <translation>略去了 {count} 条语句：其中的词含有 a 到 z 以外的字母。</translation>
    </message>
    <message>
      <source>{file} could not be read: {reason}.</source>
      <translation>无法读取 {file}：{reason}。</translation>
    </message>
    <message>
      <source>{file} is damaged from byte {offset} on; what came before was read.</source>
      <translation>{file} 自第 {offset} 字节起损坏；此前的内容已读取。</translation>
    </message>
    <message>
      <source>{file}: {bytes} bytes at {offset} are damaged and were left out.</source>
      <translation>{file}：位置 {offset} 处有 {bytes} 字节损坏，已略过。</translation>
    </message>
    <message>
      <source>{file}: {count} records could not be understood and were left out.</source>
      <translation>{file}：有 {count} 条记录无法识别，已略过。</translation>
    </message>
    <message>
      <source>{reason} Training goes on; what it says waits in memory.</source>
      <translation>{reason}训练继续进行，数据暂存于内存。</translation>
    </message>
    <message>
      <source>{tags}: the plugin '{plugin}' of TensorBoard is not shown here.</source>
      <translation>{tags}：此处不显示 TensorBoard 插件“{plugin}”的内容。</translation>
    </message>
  </context>
  <context>
    <name>labels</name>
    <message>
      <source>Business</source>
      <translation>财经</translation>
    </message>
    <message>
      <source>Sci/Tech</source>
      <translation>科技</translation>
    </message>
    <message>
      <source>Sports</source>
      <translation>体育</translation>
    </message>
    <message>
      <source>World</source>
      <translation>国际</translation>
    </message>
    <message>
      <source>ahead only</source>
      <translation>直行</translation>
    </message>
    <message>
      <source>ahead or left</source>
      <translation>直行和左转</translation>
    </message>
    <message>
      <source>ahead or right</source>
      <translation>直行和右转</translation>
    </message>
    <message>
      <source>airplane</source>
      <translation>飞机</translation>
    </message>
    <message>
      <source>automobile</source>
      <translation>汽车</translation>
    </message>
    <message>
      <source>bend to the left</source>
      <translation>向左急弯</translation>
    </message>
    <message>
      <source>bend to the right</source>
      <translation>向右急弯</translation>
    </message>
    <message>
      <source>bird</source>
      <translation>鸟</translation>
    </message>
    <message>
      <source>cat</source>
      <translation>猫</translation>
    </message>
    <message>
      <source>children</source>
      <translation>注意儿童</translation>
    </message>
    <message>
      <source>cyclists</source>
      <translation>注意非机动车</translation>
    </message>
    <message>
      <source>danger</source>
      <translation>注意危险</translation>
    </message>
    <message>
      <source>deer</source>
      <translation>鹿</translation>
    </message>
    <message>
      <source>dog</source>
      <translation>狗</translation>
    </message>
    <message>
      <source>double bend</source>
      <translation>连续弯路</translation>
    </message>
    <message>
      <source>down</source>
      <translation>down(下)</translation>
    </message>
    <message>
      <source>eight</source>
      <translation>eight(八)</translation>
    </message>
    <message>
      <source>end of all limits</source>
      <translation>解除所有限制</translation>
    </message>
    <message>
      <source>end of no overtaking</source>
      <translation>解除禁止超车</translation>
    </message>
    <message>
      <source>end of no overtaking by lorries</source>
      <translation>解除货车禁止超车</translation>
    </message>
    <message>
      <source>end of speed limit 80</source>
      <translation>解除限速 80</translation>
    </message>
    <message>
      <source>five</source>
      <translation>five(五)</translation>
    </message>
    <message>
      <source>four</source>
      <translation>four(四)</translation>
    </message>
    <message>
      <source>frog</source>
      <translation>青蛙</translation>
    </message>
    <message>
      <source>give way</source>
      <translation>减速让行</translation>
    </message>
    <message>
      <source>go</source>
      <translation>go(走)</translation>
    </message>
    <message>
      <source>ham</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>horse</source>
      <translation>马</translation>
    </message>
    <message>
      <source>ice or snow</source>
      <translation>注意冰雪</translation>
    </message>
    <message>
      <source>keep left</source>
      <translation>靠左侧行驶</translation>
    </message>
    <message>
      <source>keep right</source>
      <translation>靠右侧行驶</translation>
    </message>
    <message>
      <source>left</source>
      <translation>left(左)</translation>
    </message>
    <message>
      <source>negative</source>
      <translation>负面</translation>
    </message>
    <message>
      <source>nine</source>
      <translation>nine(九)</translation>
    </message>
    <message>
      <source>no entry</source>
      <translation>禁止驶入</translation>
    </message>
    <message>
      <source>no lorries</source>
      <translation>禁止货车通行</translation>
    </message>
    <message>
      <source>no overtaking</source>
      <translation>禁止超车</translation>
    </message>
    <message>
      <source>no overtaking by lorries</source>
      <translation>禁止货车超车</translation>
    </message>
    <message>
      <source>no vehicles</source>
      <translation>禁止通行</translation>
    </message>
    <message>
      <source>normal</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>one</source>
      <translation>one(一)</translation>
    </message>
    <message>
      <source>pedestrians</source>
      <translation>注意行人</translation>
    </message>
    <message>
      <source>pneumonia</source>
      <translation>肺炎</translation>
    </message>
    <message>
      <source>positive</source>
      <translation>正面</translation>
    </message>
    <message>
      <source>priority at the next crossing</source>
      <translation>下一路口优先通行</translation>
    </message>
    <message>
      <source>priority road</source>
      <translation>优先道路</translation>
    </message>
    <message>
      <source>right</source>
      <translation>right(右)</translation>
    </message>
    <message>
      <source>road narrows on the right</source>
      <translation>右侧变窄</translation>
    </message>
    <message>
      <source>road works</source>
      <translation>施工</translation>
    </message>
    <message>
      <source>roundabout</source>
      <translation>环岛行驶</translation>
    </message>
    <message>
      <source>seven</source>
      <translation>seven(七)</translation>
    </message>
    <message>
      <source>ship</source>
      <translation>船</translation>
    </message>
    <message>
      <source>six</source>
      <translation>six(六)</translation>
    </message>
    <message>
      <source>slippery road</source>
      <translation>易滑路面</translation>
    </message>
    <message>
      <source>spam</source>
      <translation>垃圾</translation>
    </message>
    <message>
      <source>speed limit 100</source>
      <translation>限速 100</translation>
    </message>
    <message>
      <source>speed limit 120</source>
      <translation>限速 120</translation>
    </message>
    <message>
      <source>speed limit 20</source>
      <translation>限速 20</translation>
    </message>
    <message>
      <source>speed limit 30</source>
      <translation>限速 30</translation>
    </message>
    <message>
      <source>speed limit 50</source>
      <translation>限速 50</translation>
    </message>
    <message>
      <source>speed limit 60</source>
      <translation>限速 60</translation>
    </message>
    <message>
      <source>speed limit 70</source>
      <translation>限速 70</translation>
    </message>
    <message>
      <source>speed limit 80</source>
      <translation>限速 80</translation>
    </message>
    <message>
      <source>stop</source>
      <translation>停车让行</translation>
    </message>
    <message>
      <source>three</source>
      <translation>three(三)</translation>
    </message>
    <message>
      <source>traffic lights</source>
      <translation>注意信号灯</translation>
    </message>
    <message>
      <source>truck</source>
      <translation>卡车</translation>
    </message>
    <message>
      <source>turn left ahead</source>
      <translation>前方左转</translation>
    </message>
    <message>
      <source>turn right ahead</source>
      <translation>前方右转</translation>
    </message>
    <message>
      <source>two</source>
      <translation>two(二)</translation>
    </message>
    <message>
      <source>uneven road</source>
      <translation>路面不平</translation>
    </message>
    <message>
      <source>up</source>
      <translation>up(上)</translation>
    </message>
    <message>
      <source>wild animals</source>
      <translation>注意野生动物</translation>
    </message>
    <message>
      <source>zero</source>
      <translation>zero(零)</translation>
    </message>
  </context>
  <context>
    <name>networks</name>
    <message>
      <source>A published network for large photographs, here with fresh weights; slow without a graphics card.</source>
      <translation>公开发表的大尺寸照片网络，此处从新权重开始；没有显卡时较慢。</translation>
    </message>
    <message>
      <source>BiLSTM-CRF</source>
      <translation>BiLSTM-CRF</translation>
    </message>
    <message>
      <source>Convolutions for photographs</source>
      <translation>照片卷积网络</translation>
    </message>
    <message>
      <source>Encoder-decoder with attention</source>
      <translation>带注意力的编码器-解码器</translation>
    </message>
    <message>
      <source>Every word looks at every other; wants more data than the others.</source>
      <translation>每个词都参照其他所有词；比其他网络需要更多数据。</translation>
    </message>
    <message>
      <source>GRU</source>
      <translation>GRU</translation>
    </message>
    <message>
      <source>Hears sounds of speech while they are spoken; a language model makes words of them.</source>
      <translation>边说边听出语音的音素，再由语言模型组成词。</translation>
    </message>
    <message>
      <source>Keyword CNN</source>
      <translation>关键词 CNN</translation>
    </message>
    <message>
      <source>Keyword CNN, larger</source>
      <translation>关键词 CNN（较大）</translation>
    </message>
    <message>
      <source>LSTM</source>
      <translation>LSTM</translation>
    </message>
    <message>
      <source>LSTM 100-100</source>
      <translation>LSTM 100-100</translation>
    </message>
    <message>
      <source>LSTM 128-64</source>
      <translation>LSTM 128-64</translation>
    </message>
    <message>
      <source>LSTM 64</source>
      <translation>LSTM 64</translation>
    </message>
    <message>
      <source>LSTM language model</source>
      <translation>LSTM 语言模型</translation>
    </message>
    <message>
      <source>Large enough to overfit: good for seeing what dropout and batch norm do.</source>
      <translation>大到会过拟合：适合观察 dropout 和批归一化的作用。</translation>
    </message>
    <message>
      <source>Learns vectors of words from their neighbours; it does not write.</source>
      <translation>从相邻的词学习词向量；不会写作。</translation>
    </message>
    <message>
      <source>Like the LSTM with fewer parts: a little quicker.</source>
      <translation>与 LSTM 类似但部件更少，稍快一些。</translation>
    </message>
    <message>
      <source>Like the keyword CNN with more room, for many words and voices.</source>
      <translation>与关键词 CNN 相似但更大，适合很多词和声音。</translation>
    </message>
    <message>
      <source>Looks at about a second of sound as at a picture; small and quick.</source>
      <translation>像看图片一样看大约一秒的声音；小而快。</translation>
    </message>
    <message>
      <source>Looks for short groups of words; very quick.</source>
      <translation>寻找短词组，非常快。</translation>
    </message>
    <message>
      <source>One LSTM layer of 64 units, as in many first lessons on texts.</source>
      <translation>一个 64 单元的 LSTM 层，很多文本入门课都用它。</translation>
    </message>
    <message>
      <source>One layer in which every word looks at every other; quick.</source>
      <translation>只有一层，每个词关注其他每个词；很快。</translation>
    </message>
    <message>
      <source>One simple recurrent layer: small, and forgetful.</source>
      <translation>一个简单循环层：小，但健忘。</translation>
    </message>
    <message>
      <source>Reads the whole sentence, then writes word by word and looks back at what it reads.</source>
      <translation>先读完整个句子，再逐词写出，同时回看所读的内容。</translation>
    </message>
    <message>
      <source>Reads word by word and remembers over long stretches; a good first choice.</source>
      <translation>逐词阅读并长久记忆，是不错的首选。</translation>
    </message>
    <message>
      <source>Reads words and their letters from both ends and decides on all tags of a sentence together.</source>
      <translation>从两端读词及其字母，一起决定整句的标注。</translation>
    </message>
    <message>
      <source>Says at each word which one comes next: that is how it writes on.</source>
      <translation>在每个词处预测下一个词：这样就能续写。</translation>
    </message>
    <message>
      <source>Self-attention</source>
      <translation>自注意力</translation>
    </message>
    <message>
      <source>Simple RNN 32</source>
      <translation>简单 RNN 32</translation>
    </message>
    <message>
      <source>Simple recurrent network</source>
      <translation>简单循环网络</translation>
    </message>
    <message>
      <source>Skip-gram</source>
      <translation>Skip-gram</translation>
    </message>
    <message>
      <source>Small, strong and quick, also without a graphics card: a good first choice for small pictures.</source>
      <translation>小巧、有力、快速，没有显卡也行：小尺寸图片的首选。</translation>
    </message>
    <message>
      <source>SpeedNet</source>
      <translation>SpeedNet</translation>
    </message>
    <message>
      <source>Streaming recogniser</source>
      <translation>流式识别网络</translation>
    </message>
    <message>
      <source>Text CNN</source>
      <translation>文本 CNN</translation>
    </message>
    <message>
      <source>The classic beginner's network: two convolutions with pooling, 64 units.</source>
      <translation>经典入门网络：两层带池化的卷积，64 个单元。</translation>
    </message>
    <message>
      <source>The network of many first lessons on colour pictures.</source>
      <translation>许多彩色图片入门课所用的网络。</translation>
    </message>
    <message>
      <source>The oldest of its kind: it forgets quickly, as lessons like to show.</source>
      <translation>同类中最早的：忘得快，课堂上常用来演示。</translation>
    </message>
    <message>
      <source>Three convolutions 32-64-128</source>
      <translation>三层卷积 32-64-128</translation>
    </message>
    <message>
      <source>Three convolutions 32-64-64</source>
      <translation>三层卷积 32-64-64</translation>
    </message>
    <message>
      <source>Three convolutions for pictures of 224 x 224; slow without a graphics card.</source>
      <translation>用于 224 x 224 图片的三层卷积；没有显卡时较慢。</translation>
    </message>
    <message>
      <source>Transformer encoder</source>
      <translation>Transformer 编码器</translation>
    </message>
    <message>
      <source>Two LSTM layers, the network of a well-known lesson on reviews.</source>
      <translation>两个 LSTM 层，一门著名评论分类课使用的网络。</translation>
    </message>
    <message>
      <source>Two LSTM layers, the second half as wide.</source>
      <translation>两个 LSTM 层，第二层宽度减半。</translation>
    </message>
    <message>
      <source>Two blocks</source>
      <translation>两个卷积块</translation>
    </message>
  </context>
  <context>
    <name>notes</name>
    <message>
      <source>16 bits per pixel were scaled to 8.</source>
      <translation>每像素 16 位已缩减为 8 位。</translation>
    </message>
    <message>
      <source>Only the first frame of several was used.</source>
      <translation>只使用了多帧中的第一帧。</translation>
    </message>
    <message>
      <source>The model knows none of these words: the answer is a guess.</source>
      <translation>模型不认识这些词：答案只是猜测。</translation>
    </message>
    <message>
      <source>The picture was turned upright as its EXIF data say.</source>
      <translation>已按 EXIF 信息将图片转正。</translation>
    </message>
    <message>
      <source>The printing colours (CMYK) were converted to RGB.</source>
      <translation>印刷色 (CMYK) 已转换为 RGB。</translation>
    </message>
    <message>
      <source>The range of values was stretched from darkest to brightest.</source>
      <translation>数值范围已拉伸为从最暗到最亮。</translation>
    </message>
    <message>
      <source>The text is long. Words of it that were looked at: {count}.</source>
      <translation>文本很长。看过的词数：{count}。</translation>
    </message>
    <message>
      <source>The text is long: its first {count} characters were looked at.</source>
      <translation>文本很长：只看了前 {count} 个字符。</translation>
    </message>
    <message>
      <source>The text is very short: its headline is a guess.</source>
      <translation>文本很短：标题只是猜测。</translation>
    </message>
    <message>
      <source>There are no words here: the answer is a guess.</source>
      <translation>这里没有词：答案只是猜测。</translation>
    </message>
    <message>
      <source>Transparent parts were put on white.</source>
      <translation>透明部分已衬为白色。</translation>
    </message>
  </context>
  <context>
    <name>plots</name>
    <message>
      <source>Accuracy</source>
      <translation>准确率</translation>
    </message>
    <message>
      <source>Character error rate</source>
      <translation>字错误率</translation>
    </message>
    <message>
      <source>Epoch</source>
      <translation>轮次</translation>
    </message>
    <message>
      <source>Examples</source>
      <translation>样本数</translation>
    </message>
    <message>
      <source>Examples per second</source>
      <translation>每秒样本数</translation>
    </message>
    <message>
      <source>F1 (mean of the classes)</source>
      <translation>F1（各类平均）</translation>
    </message>
    <message>
      <source>GPU load (%)</source>
      <translation>GPU 负载（%）</translation>
    </message>
    <message>
      <source>GPU memory in use (%)</source>
      <translation>GPU 显存占用（%）</translation>
    </message>
    <message>
      <source>GPU memory in use (bytes)</source>
      <translation>GPU 显存占用（字节）</translation>
    </message>
    <message>
      <source>GPU temperature (°C)</source>
      <translation>GPU 温度（°C）</translation>
    </message>
    <message>
      <source>Learning rate</source>
      <translation>学习率</translation>
    </message>
    <message>
      <source>Length of the gradient</source>
      <translation>梯度范数</translation>
    </message>
    <message>
      <source>Letters wrong, without a lexicon</source>
      <translation>字母错误率（不用词典）</translation>
    </message>
    <message>
      <source>Loss</source>
      <translation>损失</translation>
    </message>
    <message>
      <source>Loss from picture to words</source>
      <translation>图到文的损失</translation>
    </message>
    <message>
      <source>Loss from words to picture</source>
      <translation>文到图的损失</translation>
    </message>
    <message>
      <source>Loss of other things</source>
      <translation>其他物体的损失</translation>
    </message>
    <message>
      <source>Loss of the letters</source>
      <translation>字母损失</translation>
    </message>
    <message>
      <source>Loss of the sounds</source>
      <translation>音素损失</translation>
    </message>
    <message>
      <source>Loss of words out of sentences</source>
      <translation>句中单词的损失</translation>
    </message>
    <message>
      <source>Memory in use (%)</source>
      <translation>内存占用（%）</translation>
    </message>
    <message>
      <source>Memory of this program (bytes)</source>
      <translation>本程序的内存（字节）</translation>
    </message>
    <message>
      <source>Perplexity</source>
      <translation>困惑度</translation>
    </message>
    <message>
      <source>Processor load (%)</source>
      <translation>处理器负载（%）</translation>
    </message>
    <message>
      <source>Processor load of this program (%)</source>
      <translation>本程序的处理器负载（%）</translation>
    </message>
    <message>
      <source>Processor temperature (°C)</source>
      <translation>处理器温度（°C）</translation>
    </message>
    <message>
      <source>Score</source>
      <translation>得分</translation>
    </message>
    <message>
      <source>Sounds wrong, without a lexicon</source>
      <translation>音素错误率（不用词典）</translation>
    </message>
    <message>
      <source>Step</source>
      <translation>步</translation>
    </message>
    <message>
      <source>Steps per second</source>
      <translation>每秒步数</translation>
    </message>
    <message>
      <source>Time of day</source>
      <translation>时刻</translation>
    </message>
    <message>
      <source>Time since start</source>
      <translation>已用时间</translation>
    </message>
    <message>
      <source>Word error rate</source>
      <translation>词错误率</translation>
    </message>
    <message>
      <source>test</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>validation</source>
      <translation>验证</translation>
    </message>
  </context>
  <context>
    <name>proposals</name>
    <message>
      <source>All of them are grey, so one channel is enough.</source>
      <translation>所有图片都是灰度的，单通道就够了。</translation>
    </message>
    <message>
      <source>Pictures of mostly {width} x {height} pixels are looked at as {side} x {side}.</source>
      <translation>图片多为 {width} × {height} 像素，按 {side} × {side} 处理。</translation>
    </message>
    <message>
      <source>The classes differ in a mirror, so pictures are not mirrored.</source>
      <translation>镜像会改变类别，因此不做左右翻转。</translation>
    </message>
    <message>
      <source>They are long, so a border keeps the whole of them in sight.</source>
      <translation>图片较长，加边框以保留全部画面。</translation>
    </message>
    <message>
      <source>{examples} pictures of {classes} classes: {epochs} epochs in batches of {batch}.</source>
      <translation>{classes} 个类别共 {examples} 张图片：训练 {epochs} 轮，批大小 {batch}。</translation>
    </message>
  </context>
  <context>
    <name>runs</name>
    <message>
      <source>Accuracy</source>
      <translation>准确率</translation>
    </message>
    <message>
      <source>Best accuracy</source>
      <translation>最佳准确率</translation>
    </message>
    <message>
      <source>Best loss</source>
      <translation>最佳损失</translation>
    </message>
    <message>
      <source>Best value of a metric</source>
      <translation>指标的最佳值</translation>
    </message>
    <message>
      <source>DeepStudio</source>
      <translation>DeepStudio</translation>
    </message>
    <message>
      <source>Duration</source>
      <translation>时长</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>Finished</source>
      <translation>已完成</translation>
    </message>
    <message>
      <source>Interrupted</source>
      <translation>已中断</translation>
    </message>
    <message>
      <source>Last value of a metric</source>
      <translation>指标的最新值</translation>
    </message>
    <message>
      <source>Loss</source>
      <translation>损失</translation>
    </message>
    <message>
      <source>Machine</source>
      <translation>机器</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Notes</source>
      <translation>备注</translation>
    </message>
    <message>
      <source>On disk</source>
      <translation>占用空间</translation>
    </message>
    <message>
      <source>Own program</source>
      <translation>自己的程序</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>已暂停</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>运行中</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>来源</translation>
    </message>
    <message>
      <source>Started</source>
      <translation>开始时间</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>已停止</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>TensorBoard</source>
      <translation>TensorBoard</translation>
    </message>
    <message>
      <source>hidden</source>
      <translation>已隐藏</translation>
    </message>
    <message>
      <source>no</source>
      <translation>否</translation>
    </message>
    <message>
      <source>pinned</source>
      <translation>已固定</translation>
    </message>
    <message>
      <source>starred</source>
      <translation>已加星标</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>是</translation>
    </message>
    <message>
      <source>{metric}, best</source>
      <translation>{metric}（最佳）</translation>
    </message>
    <message>
      <source>{metric}, last</source>
      <translation>{metric}（最新）</translation>
    </message>
  </context>
  <context>
    <name>samples</name>
    <message>
      <source>A five</source>
      <translation>数字五</translation>
    </message>
    <message>
      <source>A seven</source>
      <translation>数字七</translation>
    </message>
    <message>
      <source>A three</source>
      <translation>数字三</translation>
    </message>
    <message>
      <source>A two</source>
      <translation>数字二</translation>
    </message>
    <message>
      <source>Airplane</source>
      <translation>飞机</translation>
    </message>
    <message>
      <source>An eight</source>
      <translation>数字八</translation>
    </message>
    <message>
      <source>Car</source>
      <translation>汽车</translation>
    </message>
    <message>
      <source>Cat</source>
      <translation>猫</translation>
    </message>
    <message>
      <source>Danger</source>
      <translation>注意危险</translation>
    </message>
    <message>
      <source>Drawn chest</source>
      <translation>手绘胸部</translation>
    </message>
    <message>
      <source>Frog</source>
      <translation>青蛙</translation>
    </message>
    <message>
      <source>Give way</source>
      <translation>减速让行</translation>
    </message>
    <message>
      <source>Horse</source>
      <translation>马</translation>
    </message>
    <message>
      <source>Keep right</source>
      <translation>靠右侧行驶</translation>
    </message>
    <message>
      <source>No entry</source>
      <translation>禁止驶入</translation>
    </message>
    <message>
      <source>Priority road</source>
      <translation>优先道路</translation>
    </message>
    <message>
      <source>Ship</source>
      <translation>船</translation>
    </message>
    <message>
      <source>Speed limit 30</source>
      <translation>限速 30</translation>
    </message>
    <message>
      <source>Speed limit 50</source>
      <translation>限速 50</translation>
    </message>
    <message>
      <source>Stop sign</source>
      <translation>停车标志</translation>
    </message>
    <message>
      <source>Truck</source>
      <translation>卡车</translation>
    </message>
  </context>
  <context>
    <name>settings</name>
    <message>
      <source>1 for grey, 3 for colour.</source>
      <translation>1 为灰度，3 为彩色。</translation>
    </message>
    <message>
      <source>A speaker with more seconds than this is never held out.</source>
      <translation>秒数超过此值的说话人从不留出。</translation>
    </message>
    <message>
      <source>Above 1 searches the likeliest text.</source>
      <translation>大于 1 时搜索最可能的文本。</translation>
    </message>
    <message>
      <source>Above this probability of the blank nothing else is tried.</source>
      <translation>空白符概率超过此值时不再尝试其他符号。</translation>
    </message>
    <message>
      <source>Activation</source>
      <translation>激活函数</translation>
    </message>
    <message>
      <source>Added for each word.</source>
      <translation>每个词加上的值。</translation>
    </message>
    <message>
      <source>Added to each band's energy before the logarithm.</source>
      <translation>取对数前加到每个频带能量上的值。</translation>
    </message>
    <message>
      <source>Added to the least confidence, divided by the network's outputs that the words cover: clicks are no words.</source>
      <translation>除以词语所覆盖的网络输出数后，加到最低置信度上：咔嗒声不算词语。</translation>
    </message>
    <message>
      <source>Answers</source>
      <translation>答案</translation>
    </message>
    <message>
      <source>Appearance</source>
      <translation>外观</translation>
    </message>
    <message>
      <source>Apple graphics (Metal)</source>
      <translation>Apple 显卡 (Metal)</translation>
    </message>
    <message>
      <source>Arithmetic</source>
      <translation>运算精度</translation>
    </message>
    <message>
      <source>Arithmetic; auto takes bf16 where the processor is fast at it.</source>
      <translation>运算精度；自动时在处理器擅长的情况下使用 bf16。</translation>
    </message>
    <message>
      <source>As a written digit</source>
      <translation>按手写数字</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>At random</source>
      <translation>随机</translation>
    </message>
    <message>
      <source>Attention</source>
      <translation>注意力</translation>
    </message>
    <message>
      <source>Attention heads</source>
      <translation>注意力头</translation>
    </message>
    <message>
      <source>Attention heads of a layer; they share the embedding's numbers.</source>
      <translation>一层的注意力头数，共同分担嵌入的维数。</translation>
    </message>
    <message>
      <source>Attention heads; they share the embedding's numbers.</source>
      <translation>注意力头；它们分享嵌入的数值。</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>Average also over the picture moved by a pixel, up and left, down and right.</source>
      <translation>同时对向左上、右下移动一个像素的图片取平均。</translation>
    </message>
    <message>
      <source>Average of the weights: share kept a step; 0 is off.</source>
      <translation>权重的滑动平均：每步保留的比例；0 为关闭。</translation>
    </message>
    <message>
      <source>Average of weights</source>
      <translation>权重平均</translation>
    </message>
    <message>
      <source>Average the logits of the picture and of its mirror image.</source>
      <translation>对图片及其镜像的 logits 取平均。</translation>
    </message>
    <message>
      <source>Averages of gradient and squared gradient (Adam).</source>
      <translation>梯度与梯度平方的平均系数（Adam）。</translation>
    </message>
    <message>
      <source>Balance classes</source>
      <translation>平衡类别</translation>
    </message>
    <message>
      <source>Batch norm</source>
      <translation>批归一化</translation>
    </message>
    <message>
      <source>Batch size</source>
      <translation>批大小</translation>
    </message>
    <message>
      <source>Batches of texts</source>
      <translation>文本批次</translation>
    </message>
    <message>
      <source>Beam</source>
      <translation>束宽</translation>
    </message>
    <message>
      <source>Betas</source>
      <translation>Beta 系数</translation>
    </message>
    <message>
      <source>BiLSTM layers of the encoder.</source>
      <translation>编码器的双向 LSTM 层数。</translation>
    </message>
    <message>
      <source>Bigrams that tell less than this are dropped (nats).</source>
      <translation>信息量低于此值的二元组被丢弃（nat）。</translation>
    </message>
    <message>
      <source>Binary cross-entropy</source>
      <translation>二元交叉熵</translation>
    </message>
    <message>
      <source>Blank square</source>
      <translation>遮挡方块</translation>
    </message>
    <message>
      <source>Blocks</source>
      <translation>块数</translation>
    </message>
    <message>
      <source>Blocks of `subsampling` frames that the running mean remembers; 0 is none.</source>
      <translation>滑动均值记住的块数（每块 `subsampling` 帧）；0 为不用。</translation>
    </message>
    <message>
      <source>Blocks that the starting mean counts for.</source>
      <translation>初始均值相当的块数。</translation>
    </message>
    <message>
      <source>Both ends</source>
      <translation>两端</translation>
    </message>
    <message>
      <source>Brightness</source>
      <translation>亮度</translation>
    </message>
    <message>
      <source>Bytes</source>
      <translation>字节</translation>
    </message>
    <message>
      <source>Capitals count as small letters.</source>
      <translation>大写字母视为小写。</translation>
    </message>
    <message>
      <source>Changes to the pictures</source>
      <translation>图片增强</translation>
    </message>
    <message>
      <source>Changes to the sound</source>
      <translation>声音的变化</translation>
    </message>
    <message>
      <source>Channels</source>
      <translation>通道数</translation>
    </message>
    <message>
      <source>Channels at the front</source>
      <translation>前端通道数</translation>
    </message>
    <message>
      <source>Channels last</source>
      <translation>通道在后</translation>
    </message>
    <message>
      <source>Channels of the first convolution; the second has twice as many.</source>
      <translation>第一层卷积的通道数；第二层为其两倍。</translation>
    </message>
    <message>
      <source>Channels of the first layer; the second has twice as many.</source>
      <translation>第一层的通道数；第二层为其两倍。</translation>
    </message>
    <message>
      <source>Channels of the image tower's groups.</source>
      <translation>图像塔各组的通道数。</translation>
    </message>
    <message>
      <source>Channels of the input image.</source>
      <translation>输入图片的通道数。</translation>
    </message>
    <message>
      <source>Channels of the layers over time.</source>
      <translation>时间层的通道数。</translation>
    </message>
    <message>
      <source>Channels of the three groups.</source>
      <translation>三组卷积的通道数。</translation>
    </message>
    <message>
      <source>Channels.</source>
      <translation>通道数。</translation>
    </message>
    <message>
      <source>Characters</source>
      <translation>字符</translation>
    </message>
    <message>
      <source>Characters of a word that a tagger looks at; 0 looks at whole words.</source>
      <translation>标注器查看一个词的字符数；0 表示看整个词。</translation>
    </message>
    <message>
      <source>Checkpoint every</source>
      <translation>检查点间隔</translation>
    </message>
    <message>
      <source>Classes that are never learnt from, to measure what is new.</source>
      <translation>从不学习的类别,用来衡量对新事物的表现。</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>颜色</translation>
    </message>
    <message>
      <source>Column of the label</source>
      <translation>标签列</translation>
    </message>
    <message>
      <source>Column to be written</source>
      <translation>要写出的列</translation>
    </message>
    <message>
      <source>Column with the label; empty finds it.</source>
      <translation>标签所在的列；留空则自动查找。</translation>
    </message>
    <message>
      <source>Column with the text to be written (translation, headline).</source>
      <translation>要写出的文本所在的列（译文、标题）。</translation>
    </message>
    <message>
      <source>Columns of the text</source>
      <translation>文本列</translation>
    </message>
    <message>
      <source>Columns that make the text, in order; none finds the column itself.</source>
      <translation>依次组成文本的列；不填则自动查找。</translation>
    </message>
    <message>
      <source>Compile</source>
      <translation>编译</translation>
    </message>
    <message>
      <source>Compile the network with torch.compile.</source>
      <translation>用 torch.compile 编译网络。</translation>
    </message>
    <message>
      <source>Computing</source>
      <translation>计算</translation>
    </message>
    <message>
      <source>Constant</source>
      <translation>恒定</translation>
    </message>
    <message>
      <source>Contrast</source>
      <translation>对比度</translation>
    </message>
    <message>
      <source>Convolutions in a group; 3 adds a residual sum.</source>
      <translation>每组的卷积层数；3 层时加上残差。</translation>
    </message>
    <message>
      <source>Copy words</source>
      <translation>复制词</translation>
    </message>
    <message>
      <source>Cosine</source>
      <translation>余弦</translation>
    </message>
    <message>
      <source>Crop</source>
      <translation>裁剪</translation>
    </message>
    <message>
      <source>Cross-entropy</source>
      <translation>交叉熵</translation>
    </message>
    <message>
      <source>Cut words from</source>
      <translation>从中切词</translation>
    </message>
    <message>
      <source>Cut words with</source>
      <translation>用来切词的模型</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Data and splits</source>
      <translation>数据与划分</translation>
    </message>
    <message>
      <source>Dense layer</source>
      <translation>全连接层</translation>
    </message>
    <message>
      <source>Depth</source>
      <translation>深度</translation>
    </message>
    <message>
      <source>Deviation of each band over the training data.</source>
      <translation>每个频带在训练数据上的标准差。</translation>
    </message>
    <message>
      <source>Deviations below a band's loudest moment at which all is silence; 0 is no limit.</source>
      <translation>低于该频带最响时刻多少个标准差即视为静音；0 表示不限。</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <source>Dictionary</source>
      <translation>词典</translation>
    </message>
    <message>
      <source>Dimensions</source>
      <translation>维数</translation>
    </message>
    <message>
      <source>Dimensions of the shared space.</source>
      <translation>共同空间的维数。</translation>
    </message>
    <message>
      <source>Divides each channel after that.</source>
      <translation>之后除以的各通道数值。</translation>
    </message>
    <message>
      <source>Divides the logits so that confidence means something.</source>
      <translation>除以 logits，使置信度有意义。</translation>
    </message>
    <message>
      <source>Draw among so many; 0 is all.</source>
      <translation>从这么多个中抽取；0 为全部。</translation>
    </message>
    <message>
      <source>Draw among the likeliest that make up this share.</source>
      <translation>从合计达到此比例的最可能者中抽取。</translation>
    </message>
    <message>
      <source>Drawn kinds</source>
      <translation>绘制的种类</translation>
    </message>
    <message>
      <source>Dropout</source>
      <translation>Dropout</translation>
    </message>
    <message>
      <source>Dropout after pooling</source>
      <translation>池化后的 Dropout</translation>
    </message>
    <message>
      <source>Dropout at the input</source>
      <translation>输入端 Dropout</translation>
    </message>
    <message>
      <source>Dropout at the output</source>
      <translation>输出端 Dropout</translation>
    </message>
    <message>
      <source>Dropout between layers</source>
      <translation>层间 Dropout</translation>
    </message>
    <message>
      <source>Dropout of the target</source>
      <translation>目标 Dropout</translation>
    </message>
    <message>
      <source>Dropout of vectors</source>
      <translation>词向量 Dropout</translation>
    </message>
    <message>
      <source>Dropout of weights</source>
      <translation>权重 Dropout</translation>
    </message>
    <message>
      <source>Dropout of words</source>
      <translation>词 Dropout</translation>
    </message>
    <message>
      <source>Dropped bigrams</source>
      <translation>舍弃的二元组</translation>
    </message>
    <message>
      <source>Dropped trigrams</source>
      <translation>舍弃的三元组</translation>
    </message>
    <message>
      <source>Edges</source>
      <translation>边缘</translation>
    </message>
    <message>
      <source>Edges: valid loses them, same pads them with zeros.</source>
      <translation>边缘：valid 去掉，same 用零填充。</translation>
    </message>
    <message>
      <source>Encoder layers.</source>
      <translation>编码器层数。</translation>
    </message>
    <message>
      <source>Episodes that one-shot accuracy is measured over.</source>
      <translation>测量单样本准确率的回合数。</translation>
    </message>
    <message>
      <source>Epochs</source>
      <translation>轮数</translation>
    </message>
    <message>
      <source>Epochs at the start that learn from untagged text; 0 is none.</source>
      <translation>开始时从无标注文本学习的轮数；0 为不用。</translation>
    </message>
    <message>
      <source>Epochs before they are first shown.</source>
      <translation>首次使用之前的轮数。</translation>
    </message>
    <message>
      <source>Epochs between checkpoints.</source>
      <translation>两次检查点之间的轮数。</translation>
    </message>
    <message>
      <source>Epochs between drops</source>
      <translation>下降间隔轮数</translation>
    </message>
    <message>
      <source>Epochs between drops (step).</source>
      <translation>两次下降之间的轮数（阶梯）。</translation>
    </message>
    <message>
      <source>Epochs that the schedule is laid out for, if training is to end before it does; 0 is all.</source>
      <translation>学习率计划所按的轮数,用于训练提前结束的情况;0 表示全部。</translation>
    </message>
    <message>
      <source>Epochs without improvement after which training ends early; 0 is never.</source>
      <translation>多少轮没有改进后提前结束；0 为从不。</translation>
    </message>
    <message>
      <source>Examples a step.</source>
      <translation>每步的样本数。</translation>
    </message>
    <message>
      <source>Factor of a drop</source>
      <translation>下降倍数</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>Files that are measured once, at the end.</source>
      <translation>最后测量一次的文件。</translation>
    </message>
    <message>
      <source>Files to choose by; none holds out a share of the first training file.</source>
      <translation>用于选择的文件；不填则从第一个训练文件中留出一部分。</translation>
    </message>
    <message>
      <source>Files to learn from.</source>
      <translation>用于学习的文件。</translation>
    </message>
    <message>
      <source>Fill with zeros</source>
      <translation>用零填充</translation>
    </message>
    <message>
      <source>Filters</source>
      <translation>滤波器</translation>
    </message>
    <message>
      <source>Filters of each width.</source>
      <translation>每种宽度的滤波器数。</translation>
    </message>
    <message>
      <source>Filters over letters</source>
      <translation>字母滤波器</translation>
    </message>
    <message>
      <source>Filters over the letters of a word.</source>
      <translation>词内字母上的滤波器数。</translation>
    </message>
    <message>
      <source>First row holds names</source>
      <translation>第一行是列名</translation>
    </message>
    <message>
      <source>Fitting</source>
      <translation>图片适配</translation>
    </message>
    <message>
      <source>Floor of the energy</source>
      <translation>能量下限</translation>
    </message>
    <message>
      <source>Folder of the set</source>
      <translation>数据集文件夹</translation>
    </message>
    <message>
      <source>Folder of the set below the data folder.</source>
      <translation>数据文件夹下该图片集的文件夹。</translation>
    </message>
    <message>
      <source>Folder of the set below the data folder; the data folder itself where it is missing.</source>
      <translation>数据文件夹下的数据集文件夹；没有时即为数据文件夹本身。</translation>
    </message>
    <message>
      <source>Folder of the validation split; empty holds out a share of the training split.</source>
      <translation>验证集文件夹；为空则从训练集中留出一部分。</translation>
    </message>
    <message>
      <source>Folder or idx prefix of the test split.</source>
      <translation>测试集的文件夹或 idx 前缀。</translation>
    </message>
    <message>
      <source>Folder or idx prefix of the test split; it is never looked at while training.</source>
      <translation>测试集的文件夹或 idx 前缀；训练时从不使用。</translation>
    </message>
    <message>
      <source>Folder or idx prefix of the training split.</source>
      <translation>训练集的文件夹或 idx 前缀。</translation>
    </message>
    <message>
      <source>Folder with recordings without speech; the last fifth of each is never trained on.</source>
      <translation>无语音录音的文件夹；每段的最后五分之一从不用于训练。</translation>
    </message>
    <message>
      <source>Folders of the sets below the data folder; empty takes the data folder itself.</source>
      <translation>数据文件夹下的各数据集文件夹；为空则为数据文件夹本身。</translation>
    </message>
    <message>
      <source>Folders with pictures of nothing that the network knows, to fit rejection.</source>
      <translation>网络不认识的图片的文件夹，用于拟合拒识。</translation>
    </message>
    <message>
      <source>Frames after an output's own that it waits for.</source>
      <translation>一个输出需要等待的后续帧数。</translation>
    </message>
    <message>
      <source>Frames ahead</source>
      <translation>前瞻帧数</translation>
    </message>
    <message>
      <source>Frames an output</source>
      <translation>每个输出的帧数</translation>
    </message>
    <message>
      <source>Frames of 40 ms that a layer over time sees.</source>
      <translation>时间层看到的帧数（每帧 40 毫秒）。</translation>
    </message>
    <message>
      <source>Frames that become one output of the network.</source>
      <translation>合成网络一个输出的帧数。</translation>
    </message>
    <message>
      <source>General</source>
      <translation>通用</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>GoogLeNet and Inception: from ImageNet's mean to the range -1..1.</source>
      <translation>GoogLeNet 与 Inception：从 ImageNet 均值转换到 -1..1。</translation>
    </message>
    <message>
      <source>Greatest change of loudness (natural logarithm of energy).</source>
      <translation>音量的最大变化（能量的自然对数）。</translation>
    </message>
    <message>
      <source>Group pattern</source>
      <translation>分组模式</translation>
    </message>
    <message>
      <source>Group table</source>
      <translation>分组表</translation>
    </message>
    <message>
      <source>Groups that a linear reader knows at most.</source>
      <translation>线性读取器最多认识的组数。</translation>
    </message>
    <message>
      <source>Guess how words are spoken</source>
      <translation>推测词的读音</translation>
    </message>
    <message>
      <source>Guess how words that the dictionary lacks are spoken.</source>
      <translation>推测词典中没有的词的读音。</translation>
    </message>
    <message>
      <source>Have a head that guesses neighbouring words, for learning from unlabelled text.</source>
      <translation>增加一个猜测相邻词的输出头，以便从无标签文本学习。</translation>
    </message>
    <message>
      <source>Have a head that guesses neighbouring words, for learning from untagged text.</source>
      <translation>增加一个猜测相邻词的输出头，以便从无标注文本学习。</translation>
    </message>
    <message>
      <source>Have the second vectors, which only training needs.</source>
      <translation>带有仅训练需要的第二组向量。</translation>
    </message>
    <message>
      <source>Head for pretraining</source>
      <translation>预训练输出头</translation>
    </message>
    <message>
      <source>Height</source>
      <translation>高度</translation>
    </message>
    <message>
      <source>Height of the input image in pixels.</source>
      <translation>输入图片的高度（像素）。</translation>
    </message>
    <message>
      <source>Height of the network's input in pixels.</source>
      <translation>网络输入的高度（像素）。</translation>
    </message>
    <message>
      <source>Held out for the test</source>
      <translation>留作测试</translation>
    </message>
    <message>
      <source>Held out for validation</source>
      <translation>留作验证</translation>
    </message>
    <message>
      <source>Hidden stripes of bands</source>
      <translation>遮住的频带条数</translation>
    </message>
    <message>
      <source>Hidden units</source>
      <translation>隐藏单元</translation>
    </message>
    <message>
      <source>Higher is bolder; 0 always takes the likeliest.</source>
      <translation>越高越大胆；0 总取最可能的。</translation>
    </message>
    <message>
      <source>Highest frequency</source>
      <translation>最高频率</translation>
    </message>
    <message>
      <source>Highest learning rate.</source>
      <translation>最高学习率。</translation>
    </message>
    <message>
      <source>Histograms every</source>
      <translation>直方图间隔</translation>
    </message>
    <message>
      <source>Hold out speakers of</source>
      <translation>从哪些集合留出说话人</translation>
    </message>
    <message>
      <source>How a picture of another shape is fitted: crop its middle, squash it, pad it, or treat it as a written digit.</source>
      <translation>其他形状的图片如何适配：裁剪中部、压扁、填充，或按手写数字处理。</translation>
    </message>
    <message>
      <source>How decoder and source are compared: by a small network, or by a product.</source>
      <translation>解码器与源如何比较：用小网络或用乘积。</translation>
    </message>
    <message>
      <source>How far, relative to their size, embedded words are moved against the network to be learnt once more.</source>
      <translation>词向量朝不利于网络的方向移动多远（相对其大小），再学习一次。</translation>
    </message>
    <message>
      <source>How many of the most likely labels an answer lists.</source>
      <translation>答案中列出多少个最可能的标签。</translation>
    </message>
    <message>
      <source>How many votes a linear reader has.</source>
      <translation>一个线性读取器的票数。</translation>
    </message>
    <message>
      <source>How matrices are stored; int8 has a scale for each row.</source>
      <translation>矩阵的存储方式；int8 每行有一个比例。</translation>
    </message>
    <message>
      <source>How much faster or slower a single word is heard (keywords).</source>
      <translation>单个词加快或放慢的幅度（关键词）。</translation>
    </message>
    <message>
      <source>How much longer or shorter a voice's vocal tract is made (keywords).</source>
      <translation>声道加长或缩短的幅度（关键词）。</translation>
    </message>
    <message>
      <source>Hypotheses further below the best (natural logarithm) are dropped.</source>
      <translation>比最佳低得更多的假设被丢弃（自然对数）。</translation>
    </message>
    <message>
      <source>Hypotheses kept after each step.</source>
      <translation>每步之后保留的假设数。</translation>
    </message>
    <message>
      <source>If the loss is no number</source>
      <translation>损失不是数时</translation>
    </message>
    <message>
      <source>Image sets below the data folder that show none of the classes.</source>
      <translation>数据文件夹下不含任何类别的图片集。</translation>
    </message>
    <message>
      <source>In steps</source>
      <translation>阶梯</translation>
    </message>
    <message>
      <source>In turn</source>
      <translation>交替</translation>
    </message>
    <message>
      <source>JSON of the tokenizer, as Hugging Face's tokenizers write it; after `zlib:` in base64.</source>
      <translation>分词器的 JSON（Hugging Face tokenizers 格式）；`zlib:` 之后为 base64。</translation>
    </message>
    <message>
      <source>Keep the microphone open while Speech is on screen, so that the first word is never lost. Nothing is kept until you press Record.</source>
      <translation>显示“语音”时保持麦克风打开，这样第一个词也不会丢。按下“录音”之前不会保存任何内容。</translation>
    </message>
    <message>
      <source>Keep the microphone ready</source>
      <translation>保持麦克风就绪</translation>
    </message>
    <message>
      <source>Kernel</source>
      <translation>卷积核</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>种类</translation>
    </message>
    <message>
      <source>Kinds of pictures that the program draws; none leaves this out.</source>
      <translation>由程序绘制的图片种类;留空则不使用。</translation>
    </message>
    <message>
      <source>L1 penalty</source>
      <translation>L1 惩罚</translation>
    </message>
    <message>
      <source>L1 penalty on weights.</source>
      <translation>权重的 L1 惩罚。</translation>
    </message>
    <message>
      <source>LSTM layers.</source>
      <translation>LSTM 层数。</translation>
    </message>
    <message>
      <source>Label smoothing</source>
      <translation>标签平滑</translation>
    </message>
    <message>
      <source>Labels shown</source>
      <translation>显示的标签数</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Language model</source>
      <translation>语言模型</translation>
    </message>
    <message>
      <source>Largest and mean</source>
      <translation>最大值与平均值</translation>
    </message>
    <message>
      <source>Largest change of brightness, in standard deviations.</source>
      <translation>亮度的最大变化（标准差）。</translation>
    </message>
    <message>
      <source>Largest change of contrast, as a share.</source>
      <translation>对比度的最大变化（比例）。</translation>
    </message>
    <message>
      <source>Largest change of size, as a share.</source>
      <translation>大小的最大变化（比例）。</translation>
    </message>
    <message>
      <source>Largest shift in pixels, edges mirrored.</source>
      <translation>最大平移（像素），边缘取镜像。</translation>
    </message>
    <message>
      <source>Largest slant, as a share.</source>
      <translation>最大倾斜（比例）。</translation>
    </message>
    <message>
      <source>Largest turn in degrees.</source>
      <translation>最大旋转角度（度）。</translation>
    </message>
    <message>
      <source>Later parts of the run after which it jumps again, each time half as high.</source>
      <translation>运行中之后再次跳升的位置,每次高度减半。</translation>
    </message>
    <message>
      <source>Later restarts</source>
      <translation>之后的重启</translation>
    </message>
    <message>
      <source>Layers</source>
      <translation>层数</translation>
    </message>
    <message>
      <source>Layers in order: c is a convolution over time, l an LSTM.</source>
      <translation>各层顺序：c 为时间卷积，l 为 LSTM。</translation>
    </message>
    <message>
      <source>Layers of the encoder</source>
      <translation>编码器层数</translation>
    </message>
    <message>
      <source>Layers over time.</source>
      <translation>时间层的层数。</translation>
    </message>
    <message>
      <source>Learning from other things</source>
      <translation>从其他事物中学习</translation>
    </message>
    <message>
      <source>Learning rate</source>
      <translation>学习率</translation>
    </message>
    <message>
      <source>Learning rate over time</source>
      <translation>学习率随时间变化</translation>
    </message>
    <message>
      <source>Least change of loudness (natural logarithm of energy).</source>
      <translation>音量的最小变化（能量的自然对数）。</translation>
    </message>
    <message>
      <source>Least decibels of speech over noise.</source>
      <translation>语音高于噪声的最小分贝数。</translation>
    </message>
    <message>
      <source>Least often</source>
      <translation>最少出现次数</translation>
    </message>
    <message>
      <source>Leave out</source>
      <translation>排除</translation>
    </message>
    <message>
      <source>Leave out copies</source>
      <translation>排除重复项</translation>
    </message>
    <message>
      <source>Leave out copies, and training texts that occur in the validation or test data.</source>
      <translation>去掉重复项，以及出现在验证或测试数据中的训练文本。</translation>
    </message>
    <message>
      <source>Length</source>
      <translation>长度</translation>
    </message>
    <message>
      <source>Length of a stretch</source>
      <translation>片段长度</translation>
    </message>
    <message>
      <source>Length of the transform</source>
      <translation>变换长度</translation>
    </message>
    <message>
      <source>Length of the transform; a power of two.</source>
      <translation>变换长度；2 的幂。</translation>
    </message>
    <message>
      <source>Length of the voice</source>
      <translation>声道长度</translation>
    </message>
    <message>
      <source>Letters</source>
      <translation>字母</translation>
    </message>
    <message>
      <source>Letters of a word</source>
      <translation>每个词的字母数</translation>
    </message>
    <message>
      <source>Letters under a filter</source>
      <translation>每个滤波器的字母数</translation>
    </message>
    <message>
      <source>Letters under a filter.</source>
      <translation>一个滤波器覆盖的字母数。</translation>
    </message>
    <message>
      <source>Levels</source>
      <translation>级数</translation>
    </message>
    <message>
      <source>Levels that probabilities are rounded to.</source>
      <translation>概率取整的级数。</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Light or dark colours, or as the system has them.</source>
      <translation>浅色或深色，或跟随系统。</translation>
    </message>
    <message>
      <source>Longest answer</source>
      <translation>最长的回答</translation>
    </message>
    <message>
      <source>Longest gradient</source>
      <translation>梯度上限</translation>
    </message>
    <message>
      <source>Longest gradient, as a norm; 0 leaves it as it is.</source>
      <translation>梯度范数的上限；0 为不限制。</translation>
    </message>
    <message>
      <source>Longest hidden stripe</source>
      <translation>最长的遮挡</translation>
    </message>
    <message>
      <source>Longest of them, in frames.</source>
      <translation>其中最长的，以帧计。</translation>
    </message>
    <message>
      <source>Longest text</source>
      <translation>最长的文本</translation>
    </message>
    <message>
      <source>Look ahead along the momentum (SGD).</source>
      <translation>沿动量方向前瞻（SGD）。</translation>
    </message>
    <message>
      <source>Look at moved pictures too</source>
      <translation>同时看平移的图片</translation>
    </message>
    <message>
      <source>Look at the mirror image too</source>
      <translation>同时看镜像</translation>
    </message>
    <message>
      <source>Loss</source>
      <translation>损失</translation>
    </message>
    <message>
      <source>Loss.</source>
      <translation>损失函数。</translation>
    </message>
    <message>
      <source>Loudest</source>
      <translation>最响</translation>
    </message>
    <message>
      <source>Loudest noise</source>
      <translation>最强的噪声</translation>
    </message>
    <message>
      <source>Lower edge of the lowest band.</source>
      <translation>最低频带的下限。</translation>
    </message>
    <message>
      <source>Lowest frequency</source>
      <translation>最低频率</translation>
    </message>
    <message>
      <source>Mean of each band over the training data.</source>
      <translation>每个频带在训练数据上的均值。</translation>
    </message>
    <message>
      <source>Mean of the colours</source>
      <translation>颜色均值</translation>
    </message>
    <message>
      <source>Mean squared error</source>
      <translation>均方误差</translation>
    </message>
    <message>
      <source>Mel bands</source>
      <translation>梅尔频带</translation>
    </message>
    <message>
      <source>Mel bands of the input.</source>
      <translation>输入的梅尔频带数。</translation>
    </message>
    <message>
      <source>Mel bands.</source>
      <translation>梅尔频带数。</translation>
    </message>
    <message>
      <source>Memory of the mean</source>
      <translation>均值的记忆</translation>
    </message>
    <message>
      <source>Memory order of images that convolutions like best.</source>
      <translation>最适合卷积的图片内存排列。</translation>
    </message>
    <message>
      <source>Mend this first: {finding}</source>
      <translation>请先解决：{finding}</translation>
    </message>
    <message>
      <source>Mirror left and right: at random, or in turn every other epoch (which shows more of each image).</source>
      <translation>左右镜像：随机，或每隔一轮交替（每张图片能看到更多）。</translation>
    </message>
    <message>
      <source>Mirroring</source>
      <translation>镜像</translation>
    </message>
    <message>
      <source>Model for pictures</source>
      <translation>图片用的模型</translation>
    </message>
    <message>
      <source>Model that finds the words in the sentences.</source>
      <translation>在句子中定位词的模型。</translation>
    </message>
    <message>
      <source>Model that says how words are spoken and which follow which.</source>
      <translation>说明词的读音和前后搭配的模型。</translation>
    </message>
    <message>
      <source>Momentum</source>
      <translation>动量</translation>
    </message>
    <message>
      <source>Momentum (SGD, RMSprop, Muon).</source>
      <translation>动量（SGD、RMSprop、Muon）。</translation>
    </message>
    <message>
      <source>Momentum of norms</source>
      <translation>归一化的动量</translation>
    </message>
    <message>
      <source>Most decibels of speech over noise.</source>
      <translation>语音高于噪声的最大分贝数。</translation>
    </message>
    <message>
      <source>Most frequent words that neighbours are counted for.</source>
      <translation>统计邻词时使用的最常见词数。</translation>
    </message>
    <message>
      <source>Most pictures of other things</source>
      <translation>其他图片的上限</translation>
    </message>
    <message>
      <source>Most pictures taken from each of them, evenly spaced.</source>
      <translation>每个文件夹均匀抽取的图片上限。</translation>
    </message>
    <message>
      <source>Most seconds of a speaker</source>
      <translation>每位说话人最多秒数</translation>
    </message>
    <message>
      <source>Most tokens in the vocabulary, the special ones included.</source>
      <translation>词表的最大词元数，含特殊词元。</translation>
    </message>
    <message>
      <source>Most tokens of a step, padding included; 0 counts texts only.</source>
      <translation>每步的最大词元数，含填充；0 为只数文本。</translation>
    </message>
    <message>
      <source>Most training examples</source>
      <translation>最多训练样本数</translation>
    </message>
    <message>
      <source>Most training examples, for a quick try; 0 takes all.</source>
      <translation>训练样本上限，用于快速尝试；0 为全部。</translation>
    </message>
    <message>
      <source>Most training pictures, evenly spaced; 0 takes all.</source>
      <translation>训练图片的最大数量,均匀抽取;0 表示全部。</translation>
    </message>
    <message>
      <source>Most words</source>
      <translation>最多词数</translation>
    </message>
    <message>
      <source>Most words of the vocabulary.</source>
      <translation>词汇表的最大词数。</translation>
    </message>
    <message>
      <source>Most words read, from all files alike.</source>
      <translation>从各文件平均读取的最大词数。</translation>
    </message>
    <message>
      <source>Multiplies the logits, which keeps early training calm.</source>
      <translation>乘以 logits，使训练初期平稳。</translation>
    </message>
    <message>
      <source>Multiplies the rate, and divides the decay, of the biases of norms.</source>
      <translation>归一化偏置的学习率乘以此数，衰减除以此数。</translation>
    </message>
    <message>
      <source>NVIDIA graphics (CUDA)</source>
      <translation>NVIDIA 显卡 (CUDA)</translation>
    </message>
    <message>
      <source>Name of the data set, as it appears on the card.</source>
      <translation>数据集名称，显示在模型卡上。</translation>
    </message>
    <message>
      <source>Name of the data, as it appears on the card.</source>
      <translation>数据名称，显示在模型卡上。</translation>
    </message>
    <message>
      <source>Name of the network in the registry.</source>
      <translation>网络在登记表中的名称。</translation>
    </message>
    <message>
      <source>Name of the set, as it appears on the card.</source>
      <translation>图片集在卡片上显示的名称。</translation>
    </message>
    <message>
      <source>Name or file of a model of the same shape whose weights training starts from.</source>
      <translation>训练从其权重开始的同结构模型的名称或文件。</translation>
    </message>
    <message>
      <source>Names of the classes, in order; empty takes the folder names.</source>
      <translation>类别名称，按顺序；为空则用文件夹名。</translation>
    </message>
    <message>
      <source>Names of the classes, in order; empty takes those in the training data.</source>
      <translation>类别名称，按顺序；为空则取训练数据中的名称。</translation>
    </message>
    <message>
      <source>Neighbouring words that make the largest group in the bag.</source>
      <translation>词袋中最大词组所含的相邻词数。</translation>
    </message>
    <message>
      <source>Nesterov</source>
      <translation>Nesterov</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>网络</translation>
    </message>
    <message>
      <source>Networks that learn the words side by side and vote.</source>
      <translation>并行学习这些词并共同表决的网络数量。</translation>
    </message>
    <message>
      <source>No</source>
      <translation>否</translation>
    </message>
    <message>
      <source>Noise</source>
      <translation>噪声</translation>
    </message>
    <message>
      <source>Noise made by rule</source>
      <translation>合成噪声</translation>
    </message>
    <message>
      <source>Noise on word vectors while training, as a share of their length.</source>
      <translation>训练时加在词向量上的噪声,占其长度的比例。</translation>
    </message>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>Normalise each convolution's output over the batch.</source>
      <translation>在批次上归一化每层卷积的输出。</translation>
    </message>
    <message>
      <source>Numbers in a word vector.</source>
      <translation>词向量的维数。</translation>
    </message>
    <message>
      <source>Numbers that stand for a letter.</source>
      <translation>表示一个字母的维数。</translation>
    </message>
    <message>
      <source>Numbers that stand for a token; the last layer has as many units.</source>
      <translation>表示一个词元的维数；最后一层的单元数与之相同。</translation>
    </message>
    <message>
      <source>Numbers that stand for a token; the same going in and coming out.</source>
      <translation>表示一个词元的维数；输入和输出相同。</translation>
    </message>
    <message>
      <source>Numbers that stand for a word or a group of words in the bag.</source>
      <translation>词袋中代表一个词或一组词的数字个数。</translation>
    </message>
    <message>
      <source>Numbers that stand for a word.</source>
      <translation>表示一个词的维数。</translation>
    </message>
    <message>
      <source>Of these, how many lie in the future.</source>
      <translation>其中有多少在未来。</translation>
    </message>
    <message>
      <source>One cycle</source>
      <translation>单周期</translation>
    </message>
    <message>
      <source>Only samples with a label each can be looked at one by one.</source>
      <translation>只有每个样本都有标签时，才能逐个查看。</translation>
    </message>
    <message>
      <source>Optimiser</source>
      <translation>优化器</translation>
    </message>
    <message>
      <source>Optimiser.</source>
      <translation>优化器。</translation>
    </message>
    <message>
      <source>Options of that network.</source>
      <translation>该网络的选项。</translation>
    </message>
    <message>
      <source>Other image sets</source>
      <translation>其他图片集</translation>
    </message>
    <message>
      <source>Outputs after the blank.</source>
      <translation>空白符之后的输出数。</translation>
    </message>
    <message>
      <source>Outputs of the second head after its blank, where there is one.</source>
      <translation>第二个输出头空白符之后的输出数（如有）。</translation>
    </message>
    <message>
      <source>Outputs read again for each new one.</source>
      <translation>每个新输出重读的输出数。</translation>
    </message>
    <message>
      <source>Outputs that a convolution sees.</source>
      <translation>一层卷积看到的输出数。</translation>
    </message>
    <message>
      <source>Pad</source>
      <translation>填充</translation>
    </message>
    <message>
      <source>Part of the run after which the rate jumps up and falls again; 1 is never.</source>
      <translation>训练到此比例后学习率跳升再下降；1 为从不。</translation>
    </message>
    <message>
      <source>Part of the run until the highest rate (cosine, one-cycle).</source>
      <translation>达到最高学习率之前的训练比例（余弦、单周期）。</translation>
    </message>
    <message>
      <source>Passes over the training split.</source>
      <translation>遍历训练集的次数。</translation>
    </message>
    <message>
      <source>Patience</source>
      <translation>耐心</translation>
    </message>
    <message>
      <source>Patience looks at</source>
      <translation>耐心的依据</translation>
    </message>
    <message>
      <source>Pattern that finds an image's group in its name; a group is never divided.</source>
      <translation>从图片名中找出分组的模式；同组不会被分开。</translation>
    </message>
    <message>
      <source>Pictures of each kind</source>
      <translation>每类图片数</translation>
    </message>
    <message>
      <source>Pictures of each kind and from each set.</source>
      <translation>每个种类和每个图片集的图片数。</translation>
    </message>
    <message>
      <source>Pictures of other things</source>
      <translation>其他事物的图片</translation>
    </message>
    <message>
      <source>Pictures of other things for each known picture in a batch.</source>
      <translation>批次中每张已知图片所配的其他事物图片数。</translation>
    </message>
    <message>
      <source>Pieces of words</source>
      <translation>词的片段</translation>
    </message>
    <message>
      <source>Places that groups of words share by hashing.</source>
      <translation>词组通过哈希共用的位置数。</translation>
    </message>
    <message>
      <source>Pretraining</source>
      <translation>预训练</translation>
    </message>
    <message>
      <source>Processor (CPU)</source>
      <translation>处理器 (CPU)</translation>
    </message>
    <message>
      <source>Pronouncing dictionary in CMUdict's form; empty keeps the shipped model's.</source>
      <translation>CMUdict 格式的发音词典；为空则沿用自带模型的。</translation>
    </message>
    <message>
      <source>Range of loudness</source>
      <translation>响度范围</translation>
    </message>
    <message>
      <source>Rarer tokens of the training text are left out of the vocabulary.</source>
      <translation>训练文本中更罕见的词元不进词表。</translation>
    </message>
    <message>
      <source>Rate of norm biases</source>
      <translation>归一化偏置的学习率</translation>
    </message>
    <message>
      <source>Read each closed segment again with a wider search.</source>
      <translation>对每个结束的片段用更宽的搜索重读。</translation>
    </message>
    <message>
      <source>Read from both ends</source>
      <translation>从两端读</translation>
    </message>
    <message>
      <source>Read from both ends.</source>
      <translation>从两端阅读。</translation>
    </message>
    <message>
      <source>Read out</source>
      <translation>读出方式</translation>
    </message>
    <message>
      <source>Recordings and speakers</source>
      <translation>录音与说话人</translation>
    </message>
    <message>
      <source>Reduce motion</source>
      <translation>减少动画</translation>
    </message>
    <message>
      <source>Residual blocks.</source>
      <translation>残差块数。</translation>
    </message>
    <message>
      <source>Restart at</source>
      <translation>重启位置</translation>
    </message>
    <message>
      <source>Restart share</source>
      <translation>重启比例</translation>
    </message>
    <message>
      <source>Rooms</source>
      <translation>房间混响</translation>
    </message>
    <message>
      <source>Running text below the data folder.</source>
      <translation>数据文件夹下的连续文本。</translation>
    </message>
    <message>
      <source>Sample rate</source>
      <translation>采样率</translation>
    </message>
    <message>
      <source>Samples a second that the network was trained on.</source>
      <translation>网络训练所用的采样率。</translation>
    </message>
    <message>
      <source>Samples between windows</source>
      <translation>窗间样本数</translation>
    </message>
    <message>
      <source>Samples from one window to the next.</source>
      <translation>相邻窗口之间的采样数。</translation>
    </message>
    <message>
      <source>Samples in a window</source>
      <translation>每窗样本数</translation>
    </message>
    <message>
      <source>Samples in one analysis window.</source>
      <translation>一个分析窗口的采样数。</translation>
    </message>
    <message>
      <source>Say of finished words how probable it is that they are right, not how clearly they were heard.</source>
      <translation>对已完成的词，给出其正确的概率，而不是听得有多清楚。</translation>
    </message>
    <message>
      <source>Scale of the logits</source>
      <translation>logits 比例</translation>
    </message>
    <message>
      <source>Scaling</source>
      <translation>缩放</translation>
    </message>
    <message>
      <source>Schedule.</source>
      <translation>计划。</translation>
    </message>
    <message>
      <source>Score</source>
      <translation>得分</translation>
    </message>
    <message>
      <source>Second vectors</source>
      <translation>第二组向量</translation>
    </message>
    <message>
      <source>Seconds a hidden stripe</source>
      <translation>每条遮挡对应的秒数</translation>
    </message>
    <message>
      <source>Seconds after which the next short pause ends a segment.</source>
      <translation>超过此秒数后，下一个短停顿结束片段。</translation>
    </message>
    <message>
      <source>Seconds by which a single word is moved (keywords).</source>
      <translation>单个词移动的秒数（口令词）。</translation>
    </message>
    <message>
      <source>Seconds held out</source>
      <translation>留出的秒数</translation>
    </message>
    <message>
      <source>Seconds in a batch</source>
      <translation>每批秒数</translation>
    </message>
    <message>
      <source>Seconds of each noise made by rule; 0 is none.</source>
      <translation>每种按规则生成的噪声的秒数；0 为没有。</translation>
    </message>
    <message>
      <source>Seconds of silence that count as a short pause.</source>
      <translation>算作短停顿的静音秒数。</translation>
    </message>
    <message>
      <source>Seconds of silence that end a segment.</source>
      <translation>结束片段的静音秒数。</translation>
    </message>
    <message>
      <source>Seconds of sound for each stripe of time that is hidden.</source>
      <translation>每遮住一条时间带对应的声音秒数。</translation>
    </message>
    <message>
      <source>Seconds of sound in a batch.</source>
      <translation>一个批次的声音秒数。</translation>
    </message>
    <message>
      <source>Seconds of speech of the held-out speakers.</source>
      <translation>留出说话人的语音秒数。</translation>
    </message>
    <message>
      <source>Seconds of voice that the first words need to be shown before they end.</source>
      <translation>最初的词在说完之前显示所需的浊音秒数。</translation>
    </message>
    <message>
      <source>Seconds that a keyword spotter looks at.</source>
      <translation>口令识别查看的秒数。</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>随机种子</translation>
    </message>
    <message>
      <source>Seed of the split</source>
      <translation>划分的随机种子</translation>
    </message>
    <message>
      <source>Seed of the split.</source>
      <translation>划分的随机种子。</translation>
    </message>
    <message>
      <source>Seed of weights, order and augmentation.</source>
      <translation>权重、顺序和增强的随机种子。</translation>
    </message>
    <message>
      <source>Segments less sure than this are taken for noise.</source>
      <translation>把握低于此值的片段视为噪声。</translation>
    </message>
    <message>
      <source>Sentences around a class's words, {} in their place.</source>
      <translation>套在类别词语外的句式,{} 为词语的位置。</translation>
    </message>
    <message>
      <source>Sentences that are only measured with.</source>
      <translation>只用于测量的句式。</translation>
    </message>
    <message>
      <source>Sets</source>
      <translation>数据集</translation>
    </message>
    <message>
      <source>Sets of sentences that single words are cut from (keywords).</source>
      <translation>从中切出单词的句子数据集（关键词）。</translation>
    </message>
    <message>
      <source>Sets whose speakers may be held out; empty takes any.</source>
      <translation>可留出其说话人的数据集；为空则任意。</translation>
    </message>
    <message>
      <source>Sets with a test table that is measured once at the end.</source>
      <translation>带有最后测量一次的测试表的数据集。</translation>
    </message>
    <message>
      <source>Share at the end</source>
      <translation>结束时的比例</translation>
    </message>
    <message>
      <source>Share at the first step (cosine, one-cycle).</source>
      <translation>第一步的比例（余弦、单周期）。</translation>
    </message>
    <message>
      <source>Share at the last step (cosine, one-cycle).</source>
      <translation>最后一步的比例（余弦、单周期）。</translation>
    </message>
    <message>
      <source>Share at the start</source>
      <translation>开始时的比例</translation>
    </message>
    <message>
      <source>Share held out for validation.</source>
      <translation>留作验证的比例。</translation>
    </message>
    <message>
      <source>Share of a batch</source>
      <translation>占批次的比例</translation>
    </message>
    <message>
      <source>Share of an embedding's numbers left out in training.</source>
      <translation>训练时舍去的嵌入维数比例。</translation>
    </message>
    <message>
      <source>Share of channels dropped after each pooling.</source>
      <translation>每次池化后丢弃的通道比例。</translation>
    </message>
    <message>
      <source>Share of each batch in the running statistics of batch norm.</source>
      <translation>每个批次在批归一化统计中的比例。</translation>
    </message>
    <message>
      <source>Share of each target spread over all classes.</source>
      <translation>每个目标分摊到所有类别的比例。</translation>
    </message>
    <message>
      <source>Share of each target spread over all labels.</source>
      <translation>目标中平摊到所有标签的比例。</translation>
    </message>
    <message>
      <source>Share of features dropped before the last layer while training.</source>
      <translation>训练时最后一层之前丢弃的特征比例。</translation>
    </message>
    <message>
      <source>Share of features left out before the last.</source>
      <translation>最后一层之前舍去的特征比例。</translation>
    </message>
    <message>
      <source>Share of features left out between layers.</source>
      <translation>层间舍去的特征比例。</translation>
    </message>
    <message>
      <source>Share of features left out in training, before the last layer.</source>
      <translation>训练时最后一层之前舍去的特征比例。</translation>
    </message>
    <message>
      <source>Share of features left out in training.</source>
      <translation>训练时舍去的特征比例。</translation>
    </message>
    <message>
      <source>Share of known pictures that 'none of these' may take; 0 is off.</source>
      <translation>“以上都不是”可占已知图片的比例；0 为关闭。</translation>
    </message>
    <message>
      <source>Share of recurrent weights left out in training.</source>
      <translation>训练时舍去的循环权重比例。</translation>
    </message>
    <message>
      <source>Share of right pictures that 'none of these' may take.</source>
      <translation>“以上都不是”可占正确图片的比例。</translation>
    </message>
    <message>
      <source>Share of the bag's words and groups left out in training.</source>
      <translation>训练时词袋中被略去的词和词组的比例。</translation>
    </message>
    <message>
      <source>Share of the earlier target tokens left out in training.</source>
      <translation>训练时舍去的前面目标词元的比例。</translation>
    </message>
    <message>
      <source>Share of the features dropped before the last layer.</source>
      <translation>最后一层之前丢弃的特征比例。</translation>
    </message>
    <message>
      <source>Share of the first training file held out.</source>
      <translation>从第一个训练文件留出的比例。</translation>
    </message>
    <message>
      <source>Share of the loss that each reader of a network of several answers for alone.</source>
      <translation>由多个读取器组成的网络中，每个读取器单独承担的损失比例。</translation>
    </message>
    <message>
      <source>Share of the source's tokens left out in training.</source>
      <translation>训练时舍去的源词元比例。</translation>
    </message>
    <message>
      <source>Share of the training split held out for validation.</source>
      <translation>从训练集中留作验证的比例。</translation>
    </message>
    <message>
      <source>Share of training files held out for the test: of those listed there too, else of all.</source>
      <translation>从训练文件中留作测试的比例：取其中也列为测试的文件，否则取全部。</translation>
    </message>
    <message>
      <source>Share of units dropped before the last layer.</source>
      <translation>最后一层之前丢弃的单元比例。</translation>
    </message>
    <message>
      <source>Share of utterances heard in a room.</source>
      <translation>模拟房间声学的语句比例。</translation>
    </message>
    <message>
      <source>Share of utterances with noise mixed in.</source>
      <translation>混入噪声的语句比例。</translation>
    </message>
    <message>
      <source>Share of values dropped after each layer while training.</source>
      <translation>训练时每层之后丢弃的数值比例。</translation>
    </message>
    <message>
      <source>Share of words hidden in training, so that the network learns to read letters and neighbours.</source>
      <translation>训练时遮住的词的比例，使网络学会看字母和相邻词。</translation>
    </message>
    <message>
      <source>Share of words left out in training.</source>
      <translation>训练时舍去的词的比例。</translation>
    </message>
    <message>
      <source>Share of words replaced by 'unknown' in training, so that unknown words surprise less.</source>
      <translation>训练时替换为“未知”的词的比例，使网络不怕生词。</translation>
    </message>
    <message>
      <source>Share that it jumps to.</source>
      <translation>跳升到的比例。</translation>
    </message>
    <message>
      <source>Shifting</source>
      <translation>平移</translation>
    </message>
    <message>
      <source>Shorter side before cropping</source>
      <translation>裁剪前的短边</translation>
    </message>
    <message>
      <source>Shorter side before the middle is cropped; none crops the whole square.</source>
      <translation>裁剪中部之前的短边；不填则裁剪整个正方形。</translation>
    </message>
    <message>
      <source>Show changes at once instead of fading and sliding.</source>
      <translation>变化立即显示，不使用淡入和滑动。</translation>
    </message>
    <message>
      <source>Shown from epoch</source>
      <translation>从第几轮开始使用</translation>
    </message>
    <message>
      <source>Side of a square that is blanked, in pixels.</source>
      <translation>遮挡方块的边长（像素）。</translation>
    </message>
    <message>
      <source>Side of the input for vision transformers; 0 as published.</source>
      <translation>视觉 Transformer 的输入边长；0 为原文设置。</translation>
    </message>
    <message>
      <source>Size and colours of pictures</source>
      <translation>图片大小与颜色</translation>
    </message>
    <message>
      <source>Size of a letter vector</source>
      <translation>字母向量大小</translation>
    </message>
    <message>
      <source>Size of a word vector</source>
      <translation>词向量大小</translation>
    </message>
    <message>
      <source>Size of all text, in percent.</source>
      <translation>所有文字的大小（百分比）。</translation>
    </message>
    <message>
      <source>Size of the vocabulary</source>
      <translation>词表大小</translation>
    </message>
    <message>
      <source>Slant</source>
      <translation>倾斜</translation>
    </message>
    <message>
      <source>Small letters only</source>
      <translation>只用小写</translation>
    </message>
    <message>
      <source>Smallest change that counts as an improvement.</source>
      <translation>算作改进的最小变化。</translation>
    </message>
    <message>
      <source>Smallest improvement</source>
      <translation>最小改进</translation>
    </message>
    <message>
      <source>Softest</source>
      <translation>最轻</translation>
    </message>
    <message>
      <source>Softest noise</source>
      <translation>最弱的噪声</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>声音</translation>
    </message>
    <message>
      <source>Sound features</source>
      <translation>声音特征</translation>
    </message>
    <message>
      <source>Speech</source>
      <translation>语音</translation>
    </message>
    <message>
      <source>Speech sets whose training transcripts are read too.</source>
      <translation>同时读取其训练文字的语音数据集。</translation>
    </message>
    <message>
      <source>Speeds</source>
      <translation>语速</translation>
    </message>
    <message>
      <source>Speeds at which everything is heard.</source>
      <translation>所有语音的播放速度。</translation>
    </message>
    <message>
      <source>Spread of the colours</source>
      <translation>颜色标准差</translation>
    </message>
    <message>
      <source>Squash</source>
      <translation>压扁</translation>
    </message>
    <message>
      <source>Standard deviation of Gaussian noise.</source>
      <translation>高斯噪声的标准差。</translation>
    </message>
    <message>
      <source>Start from</source>
      <translation>从此模型开始</translation>
    </message>
    <message>
      <source>Steps between histograms of weights and gradients; 0 chooses, so that they cost under a hundredth.</source>
      <translation>权重和梯度直方图之间的步数；0 为自动，开销低于百分之一。</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Storage of the weights</source>
      <translation>权重的存储</translation>
    </message>
    <message>
      <source>Stretches in a step</source>
      <translation>每步片段数</translation>
    </message>
    <message>
      <source>Stretches of text in a step.</source>
      <translation>每步的文本段数。</translation>
    </message>
    <message>
      <source>Stretching</source>
      <translation>拉伸</translation>
    </message>
    <message>
      <source>Stripes of mel bands hidden (SpecAugment).</source>
      <translation>遮住的梅尔频带条数（SpecAugment）。</translation>
    </message>
    <message>
      <source>Subtracted from each channel, which lies in 0..1.</source>
      <translation>从各通道（0..1）减去的值。</translation>
    </message>
    <message>
      <source>Symbols</source>
      <translation>符号</translation>
    </message>
    <message>
      <source>Symbols less likely than this (natural logarithm) are not tried.</source>
      <translation>概率低于此值的符号不尝试（自然对数）。</translation>
    </message>
    <message>
      <source>Symbols of the second head, blank included; 0 leaves it out.</source>
      <translation>第二个输出头的符号数，含空白符；0 为不用。</translation>
    </message>
    <message>
      <source>Table of the validation speakers in each set; empty holds out speakers of `train`.</source>
      <translation>各数据集的验证说话人表；为空则从 `train` 中留出说话人。</translation>
    </message>
    <message>
      <source>Take bands that a telephone cuts off for what they usually are.</source>
      <translation>把电话切掉的频带当作其平常的样子。</translation>
    </message>
    <message>
      <source>Taken for each sound of a word that the lexicon lacks; 0: there are no such words.</source>
      <translation>词典中没有的词，每个音扣除的分数；0 表示没有这样的词。</translation>
    </message>
    <message>
      <source>Taken from the blank's logarithm: outputs trained by CTC favour it, and words get lost.</source>
      <translation>从空白符的对数概率中减去的值:CTC 训练的输出偏爱空白,会丢词。</translation>
    </message>
    <message>
      <source>Temperature</source>
      <translation>温度</translation>
    </message>
    <message>
      <source>Test split</source>
      <translation>测试集</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>Text file with one original name a line, found by number, for the pattern.</source>
      <translation>每行一个原始名称的文本文件，按编号查找，供模式使用。</translation>
    </message>
    <message>
      <source>Text files below the data folder, one sentence a line.</source>
      <translation>数据文件夹下的文本文件，每行一句。</translation>
    </message>
    <message>
      <source>Text files, or tables with a column of text.</source>
      <translation>文本文件，或含文本列的表格。</translation>
    </message>
    <message>
      <source>Text size</source>
      <translation>文字大小</translation>
    </message>
    <message>
      <source>Texts</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>The best</source>
      <translation>最佳</translation>
    </message>
    <message>
      <source>The classes, in order: as folders are named or numbered.</source>
      <translation>按顺序列出的类别,与文件夹的名称或编号一致。</translation>
    </message>
    <message>
      <source>The end</source>
      <translation>结尾</translation>
    </message>
    <message>
      <source>The language of the window.</source>
      <translation>窗口使用的语言。</translation>
    </message>
    <message>
      <source>The largest</source>
      <translation>最大值</translation>
    </message>
    <message>
      <source>The last</source>
      <translation>最后</translation>
    </message>
    <message>
      <source>The mean</source>
      <translation>平均值</translation>
    </message>
    <message>
      <source>The model that a dropped picture is shown to first.</source>
      <translation>拖入的图片先交给哪个模型。</translation>
    </message>
    <message>
      <source>The same number draws the same text.</source>
      <translation>相同的数字得到相同的文本。</translation>
    </message>
    <message>
      <source>The start</source>
      <translation>开头</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>主题</translation>
    </message>
    <message>
      <source>This model is made in one go: there are no steps to change.</source>
      <translation>这种模型一次性生成，没有可调整的训练步骤。</translation>
    </message>
    <message>
      <source>Tokens</source>
      <translation>词元</translation>
    </message>
    <message>
      <source>Tokens of a text that the network looks at.</source>
      <translation>网络查看一段文本的词元数。</translation>
    </message>
    <message>
      <source>Tokens of an answer that is text (translation, headline).</source>
      <translation>文本答案的词元数（译文、标题）。</translation>
    </message>
    <message>
      <source>Tokens that a language model learns from at once.</source>
      <translation>语言模型一次学习的词元数。</translation>
    </message>
    <message>
      <source>Tokens that the network knows, of both languages.</source>
      <translation>网络认识的两种语言的词元数。</translation>
    </message>
    <message>
      <source>Tokens that the network knows.</source>
      <translation>网络认识的词元数。</translation>
    </message>
    <message>
      <source>Tokens to write.</source>
      <translation>要写的词元数。</translation>
    </message>
    <message>
      <source>Top k</source>
      <translation>Top k</translation>
    </message>
    <message>
      <source>Top p</source>
      <translation>Top p</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Training split</source>
      <translation>训练集</translation>
    </message>
    <message>
      <source>Trigrams that tell less than this are dropped (nats).</source>
      <translation>信息量低于此值的三元组被丢弃（nat）。</translation>
    </message>
    <message>
      <source>Turning</source>
      <translation>旋转</translation>
    </message>
    <message>
      <source>Units</source>
      <translation>单元数</translation>
    </message>
    <message>
      <source>Units of a dense layer before the last; 0 has none.</source>
      <translation>最后一层之前全连接层的单元数；0 为没有。</translation>
    </message>
    <message>
      <source>Units of an encoder layer in each direction.</source>
      <translation>编码器每个方向的单元数。</translation>
    </message>
    <message>
      <source>Units of each BiLSTM layer, in each direction.</source>
      <translation>每个双向 LSTM 层每个方向的单元数。</translation>
    </message>
    <message>
      <source>Units of each recurrent layer.</source>
      <translation>每个循环层的单元数。</translation>
    </message>
    <message>
      <source>Units of the LSTM, in each direction.</source>
      <translation>LSTM 每个方向的单元数。</translation>
    </message>
    <message>
      <source>Units of the decoder's layers.</source>
      <translation>解码器各层的单元数。</translation>
    </message>
    <message>
      <source>Units of the dense half</source>
      <translation>全连接部分的单元数</translation>
    </message>
    <message>
      <source>Units of the dense half of a layer.</source>
      <translation>一层中全连接部分的单元数。</translation>
    </message>
    <message>
      <source>Units of the encoder</source>
      <translation>编码器单元数</translation>
    </message>
    <message>
      <source>Units of the layers but the last.</source>
      <translation>除最后一层外各层的单元数。</translation>
    </message>
    <message>
      <source>Units of the text tower.</source>
      <translation>文本塔的单元数。</translation>
    </message>
    <message>
      <source>Upper edge of the highest band.</source>
      <translation>最高频带的上限。</translation>
    </message>
    <message>
      <source>Validation loss</source>
      <translation>验证损失</translation>
    </message>
    <message>
      <source>Validation split</source>
      <translation>验证集</translation>
    </message>
    <message>
      <source>Warm-up</source>
      <translation>预热</translation>
    </message>
    <message>
      <source>Weigh classes by how rare they are.</source>
      <translation>按类别的稀少程度加权。</translation>
    </message>
    <message>
      <source>Weight</source>
      <translation>权重</translation>
    </message>
    <message>
      <source>Weight decay</source>
      <translation>权重衰减</translation>
    </message>
    <message>
      <source>Weight decay (L2 penalty; decoupled in AdamW).</source>
      <translation>权重衰减（L2 惩罚；AdamW 中解耦）。</translation>
    </message>
    <message>
      <source>Weight of noise</source>
      <translation>噪声的权重</translation>
    </message>
    <message>
      <source>Weight of the spelling</source>
      <translation>拼写的权重</translation>
    </message>
    <message>
      <source>Weight of the starting mean</source>
      <translation>初始均值的权重</translation>
    </message>
    <message>
      <source>Weight of their loss.</source>
      <translation>其损失的权重。</translation>
    </message>
    <message>
      <source>Weight of words in sentences</source>
      <translation>句中词的权重</translation>
    </message>
    <message>
      <source>Weights to keep</source>
      <translation>保留的权重</translation>
    </message>
    <message>
      <source>What a batch's stretch of noise, which holds no words, counts for.</source>
      <translation>批次中不含词的噪声段所占的权重。</translation>
    </message>
    <message>
      <source>What a drop multiplies by (step).</source>
      <translation>每次下降乘以的数（阶梯）。</translation>
    </message>
    <message>
      <source>What a token is: a word, a piece of a word, a character or a byte.</source>
      <translation>词元是什么：词、词片、字符或字节。</translation>
    </message>
    <message>
      <source>What follows each layer.</source>
      <translation>每层之后的函数。</translation>
    </message>
    <message>
      <source>What is kept of a text that is too long.</source>
      <translation>过长文本保留的部分。</translation>
    </message>
    <message>
      <source>What is learnt.</source>
      <translation>学习的内容。</translation>
    </message>
    <message>
      <source>What linear readers, fitted before training, look at: groups of words, of letters.</source>
      <translation>训练前拟合的线性读取器所看的内容：词组、字母组。</translation>
    </message>
    <message>
      <source>What must improve: the score on validation data (higher is better) or the loss on them (lower is better).</source>
      <translation>必须改进的指标：验证数据上的得分（越高越好）或损失（越低越好）。</translation>
    </message>
    <message>
      <source>What telling words of sentences apart counts for (keywords).</source>
      <translation>区分句中各词的损失权重（关键词）。</translation>
    </message>
    <message>
      <source>What the class is read from: the last state, or all states by their largest value, mean, both, or attention.</source>
      <translation>类别从何读出：最后状态，或所有状态的最大值、均值、两者或注意力。</translation>
    </message>
    <message>
      <source>What the language model counts for.</source>
      <translation>语言模型的权重。</translation>
    </message>
    <message>
      <source>What the loss of the second head, which spells, counts for.</source>
      <translation>负责拼写的第二个输出头的损失权重。</translation>
    </message>
    <message>
      <source>What the network does.</source>
      <translation>网络做什么。</translation>
    </message>
    <message>
      <source>When the loss is not a number: stop (the last checkpoint is from before), or train on all the same.</source>
      <translation>当损失不是数字时：停止（最后的检查点在此之前），或照样继续训练。</translation>
    </message>
    <message>
      <source>Where networks run. Automatic takes the fastest there is. A change applies after a restart.</source>
      <translation>网络在哪里运行。“自动”选择最快的设备。更改在重新启动后生效。</translation>
    </message>
    <message>
      <source>Whether mirror images show the same thing.</source>
      <translation>镜像图片是否表示同一事物。</translation>
    </message>
    <message>
      <source>Whether the first row of a table holds the names of its columns.</source>
      <translation>表格的第一行是否为列名。</translation>
    </message>
    <message>
      <source>Which weights become the model: the last, or the best on validation data.</source>
      <translation>哪些权重成为模型：最后的，或验证数据上最佳的。</translation>
    </message>
    <message>
      <source>Whose clips are heard how often: 0 takes every clip alike, 1 every word and every speaker of it (keywords).</source>
      <translation>各片段出现的频率：0 表示每个片段相同，1 表示每个词及其每位说话人相同（关键词）。</translation>
    </message>
    <message>
      <source>Widest of them.</source>
      <translation>其中最宽的。</translation>
    </message>
    <message>
      <source>Widest stripe of bands</source>
      <translation>最宽的频带遮挡</translation>
    </message>
    <message>
      <source>Width</source>
      <translation>宽度</translation>
    </message>
    <message>
      <source>Width of the input image in pixels.</source>
      <translation>输入图片的宽度（像素）。</translation>
    </message>
    <message>
      <source>Width of the layers.</source>
      <translation>各层的宽度。</translation>
    </message>
    <message>
      <source>Width of the network's input in pixels.</source>
      <translation>网络输入的宽度（像素）。</translation>
    </message>
    <message>
      <source>Window</source>
      <translation>窗口</translation>
    </message>
    <message>
      <source>Words</source>
      <translation>词汇</translation>
    </message>
    <message>
      <source>Words for each class that are only measured with.</source>
      <translation>每个类别只用于测量的词语。</translation>
    </message>
    <message>
      <source>Words for each class, several of each; the first is its name.</source>
      <translation>每个类别的若干词语,第一个是它的名称。</translation>
    </message>
    <message>
      <source>Words in a stretch</source>
      <translation>每段词数</translation>
    </message>
    <message>
      <source>Words in each.</source>
      <translation>每个中的词数。</translation>
    </message>
    <message>
      <source>Words made unknown</source>
      <translation>改为未知的词</translation>
    </message>
    <message>
      <source>Words of a second output, for training only; 0 leaves it out.</source>
      <translation>第二输出的词数，仅用于训练；0 表示不用。</translation>
    </message>
    <message>
      <source>Words of the source may be copied.</source>
      <translation>可以复制源文本的词。</translation>
    </message>
    <message>
      <source>Words taken from each of the files at most.</source>
      <translation>每个文件最多取的词数。</translation>
    </message>
    <message>
      <source>Words that have a vector.</source>
      <translation>有词向量的词数。</translation>
    </message>
    <message>
      <source>Words that the network knows.</source>
      <translation>网络认识的词数。</translation>
    </message>
    <message>
      <source>Words to each side that count as neighbours.</source>
      <translation>每侧算作邻词的词数。</translation>
    </message>
    <message>
      <source>Words to spot; empty takes those of the data.</source>
      <translation>要识别的词；为空则取数据中的词。</translation>
    </message>
    <message>
      <source>Words under a filter.</source>
      <translation>一个滤波器覆盖的词数。</translation>
    </message>
    <message>
      <source>Words with a vector</source>
      <translation>有向量的词</translation>
    </message>
    <message>
      <source>Wrong words</source>
      <translation>错误的词</translation>
    </message>
    <message>
      <source>Wrong words that the right one is told from.</source>
      <translation>与正确词区分的错误词数。</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>是</translation>
    </message>
    <message>
      <source>“None of these”</source>
      <translation>“以上都不是”</translation>
    </message>
  </context>
  <context>
    <name>speech</name>
    <message>
      <source>Export the takes</source>
      <translation>导出样本</translation>
    </message>
    <message>
      <source>Open sound files</source>
      <translation>打开声音文件</translation>
    </message>
    <message>
      <source>Save the text</source>
      <translation>保存文字</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>声音</translation>
    </message>
    <message>
      <source>Takes from sound files</source>
      <translation>从声音文件取样本</translation>
    </message>
  </context>
  <context>
    <name>status</name>
    <message>
      <source>Answers</source>
      <translation>应答</translation>
    </message>
    <message>
      <source>Archiving runs</source>
      <translation>正在归档运行</translation>
    </message>
    <message>
      <source>Calibrating</source>
      <translation>正在校准</translation>
    </message>
    <message>
      <source>Changing runs</source>
      <translation>正在更改运行</translation>
    </message>
    <message>
      <source>Checking the data</source>
      <translation>正在检查数据</translation>
    </message>
    <message>
      <source>Choosing what the language model counts for</source>
      <translation>正在选择语言模型的权重</translation>
    </message>
    <message>
      <source>Correcting the data</source>
      <translation>正在更正数据</translation>
    </message>
    <message>
      <source>Counting bytes</source>
      <translation>正在统计占用空间</translation>
    </message>
    <message>
      <source>Counting words</source>
      <translation>正在统计词语</translation>
    </message>
    <message>
      <source>Deleting runs</source>
      <translation>正在删除运行</translation>
    </message>
    <message>
      <source>Downloading</source>
      <translation>正在下载</translation>
    </message>
    <message>
      <source>Downloading a model</source>
      <translation>正在下载模型</translation>
    </message>
    <message>
      <source>Drawing pictures of other things</source>
      <translation>正在绘制其他事物的图片</translation>
    </message>
    <message>
      <source>Drawing shapes</source>
      <translation>正在绘制图形</translation>
    </message>
    <message>
      <source>Estimating memory</source>
      <translation>正在估算内存</translation>
    </message>
    <message>
      <source>Exporting a model</source>
      <translation>正在导出模型</translation>
    </message>
    <message>
      <source>Exporting runs</source>
      <translation>正在导出运行</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>Finding a learning rate</source>
      <translation>正在寻找学习率</translation>
    </message>
    <message>
      <source>Finding words in sentences</source>
      <translation>正在句子中找词</translation>
    </message>
    <message>
      <source>Getting ready</source>
      <translation>正在准备</translation>
    </message>
    <message>
      <source>Hearing each take in many ways</source>
      <translation>正在以多种方式听每个样本</translation>
    </message>
    <message>
      <source>Installing models</source>
      <translation>正在安装模型</translation>
    </message>
    <message>
      <source>Installing the model</source>
      <translation>正在安装模型</translation>
    </message>
    <message>
      <source>Learning how letters sound</source>
      <translation>正在学习字母的读音</translation>
    </message>
    <message>
      <source>Learning the vocabulary</source>
      <translation>正在学习词表</translation>
    </message>
    <message>
      <source>Learning what words mean</source>
      <translation>正在学习词语的含义</translation>
    </message>
    <message>
      <source>Leaving takes out to see how well the others hear them</source>
      <translation>正在留出样本检验效果</translation>
    </message>
    <message>
      <source>Listening to every recording</source>
      <translation>正在听每一段录音</translation>
    </message>
    <message>
      <source>Listening to the data</source>
      <translation>正在听取数据</translation>
    </message>
    <message>
      <source>Listening to the file</source>
      <translation>正在听文件</translation>
    </message>
    <message>
      <source>Listing published models</source>
      <translation>正在列出公开发布的模型</translation>
    </message>
    <message>
      <source>Listing the files</source>
      <translation>正在列出文件</translation>
    </message>
    <message>
      <source>Loading the model</source>
      <translation>正在加载模型</translation>
    </message>
    <message>
      <source>Looking at every picture</source>
      <translation>正在查看每张图片</translation>
    </message>
    <message>
      <source>Looking at every sample</source>
      <translation>正在查看每个样本</translation>
    </message>
    <message>
      <source>Looking at the data</source>
      <translation>正在查看数据</translation>
    </message>
    <message>
      <source>Looking at the pictures</source>
      <translation>正在看图片</translation>
    </message>
    <message>
      <source>Looking at the samples</source>
      <translation>正在查看样本</translation>
    </message>
    <message>
      <source>Looking for copies</source>
      <translation>正在查找重复项</translation>
    </message>
    <message>
      <source>Looking for the reasons</source>
      <translation>正在寻找原因</translation>
    </message>
    <message>
      <source>Looking for the run</source>
      <translation>正在查找训练</translation>
    </message>
    <message>
      <source>Looking for unfinished runs</source>
      <translation>正在查找未完成的训练</translation>
    </message>
    <message>
      <source>Measuring</source>
      <translation>正在测量</translation>
    </message>
    <message>
      <source>Preparing the curves</source>
      <translation>正在准备曲线</translation>
    </message>
    <message>
      <source>Reading archives</source>
      <translation>正在读取归档</translation>
    </message>
    <message>
      <source>Reading event files</source>
      <translation>正在读取事件文件</translation>
    </message>
    <message>
      <source>Reading pictures</source>
      <translation>正在读取图片</translation>
    </message>
    <message>
      <source>Reading runs</source>
      <translation>正在读取运行</translation>
    </message>
    <message>
      <source>Reading the data</source>
      <translation>正在读取数据</translation>
    </message>
    <message>
      <source>Reading the recordings</source>
      <translation>正在读取录音</translation>
    </message>
    <message>
      <source>Reading the words</source>
      <translation>正在读取词语</translation>
    </message>
    <message>
      <source>Restoring runs</source>
      <translation>正在恢复运行</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>声音</translation>
    </message>
    <message>
      <source>Too little memory: trying smaller batches</source>
      <translation>内存不足：正在尝试更小的批次</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Trying learning rates</source>
      <translation>正在尝试学习率</translation>
    </message>
    <message>
      <source>Watching runs</source>
      <translation>正在关注运行</translation>
    </message>
    <message>
      <source>Writing the corrected set</source>
      <translation>正在写入更正后的数据集</translation>
    </message>
  </context>
  <context>
    <name>takes</name>
    <message>
      <source>Add at least two words.</source>
      <translation>请至少添加两个词。</translation>
    </message>
    <message>
      <source>Cut off: wait a moment before and after the word.</source>
      <translation>没录完整：说词前后请稍等片刻。</translation>
    </message>
    <message>
      <source>Longer than a word: say it alone, with a pause after it.</source>
      <translation>比一个词长：请单独说，说完停一下。</translation>
    </message>
    <message>
      <source>Measured on takes of the same voices: expect less from other voices.</source>
      <translation>只用相同的声音测过：换别人说会差一些。</translation>
    </message>
    <message>
      <source>More takes would help: {names}.</source>
      <translation>多录几个样本会更好：{names}。</translation>
    </message>
    <message>
      <source>Too loud: the sound is clipped.</source>
      <translation>太响：声音削波了。</translation>
    </message>
    <message>
      <source>Too quiet: come nearer to the microphone.</source>
      <translation>太轻：请靠近麦克风。</translation>
    </message>
    <message>
      <source>“{name}” is often taken for “{other}”.</source>
      <translation>“{name}”常被听成“{other}”。</translation>
    </message>
    <message>
      <source>“{name}” needs at least {count} takes; ten make it reliable.</source>
      <translation>“{name}”至少需要 {count} 个样本；十个才可靠。</translation>
    </message>
  </context>
  <context>
    <name>tasks</name>
    <message>
      <source>Each picture gets one of your labels.</source>
      <translation>每张图片得到您的一个标签。</translation>
    </message>
    <message>
      <source>Each short recording gets one of your labels.</source>
      <translation>每段短录音得到您的一个标签。</translation>
    </message>
    <message>
      <source>Each text gets one of your labels, such as good or bad.</source>
      <translation>每段文本得到您的一个标签，例如好或坏。</translation>
    </message>
    <message>
      <source>Each word gets a tag, such as person or place.</source>
      <translation>每个词得到一个标记，例如人名或地名。</translation>
    </message>
    <message>
      <source>Each word gets a vector by the company that it keeps in your texts.</source>
      <translation>每个词按它在文本中的邻近词得到一个向量。</translation>
    </message>
    <message>
      <source>Labels may be typed or shown by example afterwards.</source>
      <translation>之后可以输入标签,或用示例给出标签。</translation>
    </message>
    <message>
      <source>Learns from pairs of sentences.</source>
      <translation>从句子对中学习。</translation>
    </message>
    <message>
      <source>Learns from recordings and what was said in them.</source>
      <translation>从录音及其文字中学习。</translation>
    </message>
    <message>
      <source>Learns from texts and their short forms.</source>
      <translation>从文本及其摘要中学习。</translation>
    </message>
    <message>
      <source>Learns to go on writing in the manner of your texts.</source>
      <translation>学会按您的文本风格续写。</translation>
    </message>
    <message>
      <source>Map words</source>
      <translation>词语地图</translation>
    </message>
    <message>
      <source>Mark words in texts</source>
      <translation>标记文本中的词</translation>
    </message>
    <message>
      <source>Pictures and words in one space</source>
      <translation>图片与词语同处一个空间</translation>
    </message>
    <message>
      <source>Recognise spoken words</source>
      <translation>识别口令词</translation>
    </message>
    <message>
      <source>Sort pictures into classes</source>
      <translation>图片分类</translation>
    </message>
    <message>
      <source>Sort texts into classes</source>
      <translation>文本分类</translation>
    </message>
    <message>
      <source>Summarise</source>
      <translation>摘要</translation>
    </message>
    <message>
      <source>Translate</source>
      <translation>翻译</translation>
    </message>
    <message>
      <source>Write down speech</source>
      <translation>语音转写</translation>
    </message>
    <message>
      <source>Write texts</source>
      <translation>写作</translation>
    </message>
  </context>
  <context>
    <name>text</name>
    <message>
      <source>Candidate</source>
      <translation>候选</translation>
    </message>
    <message>
      <source>Forget</source>
      <translation>遗忘门</translation>
    </message>
    <message>
      <source>Hidden</source>
      <translation>隐藏状态</translation>
    </message>
    <message>
      <source>How much of its hidden state a unit keeps: faint is overwritten.</source>
      <translation>单元保留多少隐藏状态：淡色表示被改写。</translation>
    </message>
    <message>
      <source>How much of its memory a unit keeps: faint is forgotten.</source>
      <translation>单元保留多少记忆：淡色表示被遗忘。</translation>
    </message>
    <message>
      <source>How much of the candidate is let into the memory.</source>
      <translation>候选值有多少写入记忆。</translation>
    </message>
    <message>
      <source>How much of the hidden state the candidate sees.</source>
      <translation>候选值能看到多少隐藏状态。</translation>
    </message>
    <message>
      <source>How much of the memory is let out into the hidden state.</source>
      <translation>记忆有多少输出到隐藏状态。</translation>
    </message>
    <message>
      <source>Input</source>
      <translation>输入门</translation>
    </message>
    <message>
      <source>Memory</source>
      <translation>记忆</translation>
    </message>
    <message>
      <source>Open a table</source>
      <translation>打开表格</translation>
    </message>
    <message>
      <source>Open a text</source>
      <translation>打开文本</translation>
    </message>
    <message>
      <source>Output</source>
      <translation>输出门</translation>
    </message>
    <message>
      <source>Reset</source>
      <translation>重置门</translation>
    </message>
    <message>
      <source>Save the entities</source>
      <translation>保存实体</translation>
    </message>
    <message>
      <source>Update</source>
      <translation>更新门</translation>
    </message>
    <message>
      <source>What a unit remembers: above zero in blue, below in orange.</source>
      <translation>单元记住的值：大于零为蓝色，小于零为橙色。</translation>
    </message>
    <message>
      <source>What the layer hands on: above zero in blue, below in orange.</source>
      <translation>该层传出的值：大于零为蓝色，小于零为橙色。</translation>
    </message>
    <message>
      <source>What the token would write into the memory.</source>
      <translation>词元要写入记忆的值。</translation>
    </message>
  </context>
  <context>
    <name>units</name>
    <message>
      <source>%1 ms</source>
      <translation>%1 毫秒</translation>
    </message>
  </context>
  <context>
    <name>workspaces</name>
    <message>
      <source>Archived runs</source>
      <translation>已归档的运行</translation>
    </message>
    <message>
      <source>Compare runs, of this program and of others</source>
      <translation>比较本程序和其他程序的运行</translation>
    </message>
    <message>
      <source>Image</source>
      <translation>图像</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>运行</translation>
    </message>
    <message>
      <source>See what is installed, and install more</source>
      <translation>查看已安装的模型，并安装更多</translation>
    </message>
    <message>
      <source>Show a picture to a network and see what it makes of it, and why.</source>
      <translation>给网络看一张图片，看它怎么认，以及为什么。</translation>
    </message>
    <message>
      <source>Sound files</source>
      <translation>声音文件</translation>
    </message>
    <message>
      <source>Speak, and read what was understood.</source>
      <translation>说话，并阅读识别出的文字。</translation>
    </message>
    <message>
      <source>Speech</source>
      <translation>语音</translation>
    </message>
    <message>
      <source>Tables and recipes</source>
      <translation>表格和配方</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>Texts</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Train a network on your own data and watch every step.</source>
      <translation>用自己的数据训练网络，并观察每一步。</translation>
    </message>
    <message>
      <source>Type a text and see what networks make of it.</source>
      <translation>输入文本，看看网络如何理解它。</translation>
    </message>
  </context>
</TS>
