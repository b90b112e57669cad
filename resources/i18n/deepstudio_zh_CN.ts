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
      <source>With how sure the network is, what else it considered, and how long it took.</source>
      <translation>还会显示网络有多大把握、考虑过哪些其他答案，以及用了多长时间。</translation>
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
    <name>ImageDialogs</name>
    <message>
      <source>All files</source>
      <translation>所有文件</translation>
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
      <source>Last answers</source>
      <translation>最近的答案</translation>
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
    <name>ModelsPage</name>
    <message>
      <source>Comes with DeepStudio</source>
      <translation>DeepStudio 自带</translation>
    </message>
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
    <name>Rail</name>
    <message>
      <source>Workspaces</source>
      <translation>工作区</translation>
    </message>
  </context>
  <context>
    <name>Sections</name>
    <message>
      <source>Averages the picture and its mirror image</source>
      <translation>对图片及其镜像的结果取平均</translation>
    </message>
    <message>
      <source>Averages the picture moved by a pixel, too</source>
      <translation>还对平移一个像素的图片取平均</translation>
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
      <source>This command trains it again:</source>
      <translation>用这条命令可以重新训练它：</translation>
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
      <source>colour</source>
      <translation>彩色</translation>
    </message>
    <message>
      <source>grey</source>
      <translation>灰度</translation>
    </message>
    <message>
      <source>{count} examples</source>
      <translation>{count} 个样本</translation>
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
    <name>cards</name>
    <message>
      <source>Accuracy</source>
      <translation>准确率</translation>
    </message>
    <message>
      <source>Answered “none of these”</source>
      <translation>回答“都不是”的比例</translation>
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
      <source>Chest X-ray</source>
      <translation>胸部 X 光</translation>
    </message>
    <message>
      <source>Handwritten digits</source>
      <translation>手写数字</translation>
    </message>
    <message>
      <source>Macro F1</source>
      <translation>宏平均 F1</translation>
    </message>
    <message>
      <source>Names German traffic signs of 43 kinds. Cut the sign out of the photograph first.</source>
      <translation>识别 43 种德国交通标志。请先把标志从照片中裁剪出来。</translation>
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
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Precision</source>
      <translation>精确率</translation>
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
      <source>Tells apart children's chest X-rays with and without signs of pneumonia, at 28x28 pixels.</source>
      <translation>以 28×28 像素区分有无肺炎征象的儿童胸部 X 光片。</translation>
    </message>
    <message>
      <source>Tells ten kinds of things apart in a photograph: vehicles and animals. It looks at 32x32 pixels.</source>
      <translation>区分照片中的十类事物：交通工具和动物。输入为 32×32 像素。</translation>
    </message>
    <message>
      <source>Traffic signs</source>
      <translation>交通标志</translation>
    </message>
    <message>
      <source>other things</source>
      <translation>其他事物</translation>
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
      <source>A picture has 1, 3 or 4 channels, not {channels}.</source>
      <translation>图片有 1、3 或 4 个通道，而不是 {channels} 个。</translation>
    </message>
    <message>
      <source>A resumed run keeps its recipe: --set cannot change it.</source>
      <translation>续跑的训练沿用原来的配方，不能用 --set 修改。</translation>
    </message>
    <message>
      <source>Add --force to run it all the same.</source>
      <translation>加上 --force 可以强制运行。</translation>
    </message>
    <message>
      <source>All training images in {path} belong to one class.</source>
      <translation>{path} 中的训练图片全都属于同一类。</translation>
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
      <source>Available: {near}.</source>
      <translation>可用：{near}。</translation>
    </message>
    <message>
      <source>Choose another folder, or go on with that run: --resume {path}.</source>
      <translation>请选择另一个文件夹，或继续那次训练：--resume {path}。</translation>
    </message>
    <message>
      <source>Choose smaller batches, a smaller network, or the CPU.</source>
      <translation>请选择更小的批次、更小的网络，或改用 CPU。</translation>
    </message>
    <message>
      <source>Close other programs that use it, or choose the CPU in the settings.</source>
      <translation>请关闭占用它的其他程序，或在设置中选择 CPU。</translation>
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
      <source>DeepStudio cannot open {name}.</source>
      <translation>DeepStudio 无法打开 {name}。</translation>
    </message>
    <message>
      <source>Did you mean: {near}?</source>
      <translation>你是不是想用：{near}？</translation>
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
      <source>Images of {height} x {width} pixels are too small for this network.</source>
      <translation>{height} × {width} 像素的图像对这个网络来说太小。</translation>
    </message>
    <message>
      <source>Install it with: pip install pillow-heif; or export the picture as JPEG.</source>
      <translation>请运行 pip install pillow-heif 安装，或把图片导出为 JPEG。</translation>
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
      <source>Keras could not be measured with {python}.</source>
      <translation>无法用 {python} 测量 Keras。</translation>
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
      <source>Name the folder that holds it with --data DIR.</source>
      <translation>请用 --data DIR 指定存放它的文件夹。</translation>
    </message>
    <message>
      <source>No image in {path} could be read.</source>
      <translation>{path} 中没有一张图片可以读取。</translation>
    </message>
    <message>
      <source>On Debian or Ubuntu type: sudo apt-get install -y libportaudio2.</source>
      <translation>在 Debian 或 Ubuntu 上请输入：sudo apt-get install -y libportaudio2。</translation>
    </message>
    <message>
      <source>Put the images of each class into a folder of its own: {path}/&lt;class&gt;/&lt;file&gt;.</source>
      <translation>请把每一类的图片放进单独的文件夹：{path}/&lt;class&gt;/&lt;file&gt;。</translation>
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
      <source>The Python package sounddevice is missing.</source>
      <translation>缺少 Python 包 sounddevice。</translation>
    </message>
    <message>
      <source>The card in {where} cannot be read: {reason}</source>
      <translation>无法读取 {where} 中的卡片：{reason}</translation>
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
      <source>The disk has too little room: {name} needs {needed} MB more than there are.</source>
      <translation>磁盘空间不足：{name} 还需要 {needed} MB。</translation>
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
      <source>The model file {path} is damaged or not what it claims: {reason}.</source>
      <translation>模型文件 {path} 已损坏或与其声明不符：{reason}。</translation>
    </message>
    <message>
      <source>The model {model} has no label number {label}.</source>
      <translation>模型 {model} 没有编号为 {label} 的标签。</translation>
    </message>
    <message>
      <source>The model {model} is made for another task ({task}), not for pictures.</source>
      <translation>模型 {model} 用于另一种任务（{task}），不适用于图片。</translation>
    </message>
    <message>
      <source>The program's sample pictures are missing.</source>
      <translation>程序的示例图片缺失。</translation>
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
      <source>The tour broke off: {reason}.</source>
      <translation>导览中断：{reason}。</translation>
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
      <source>There is no run '{name}'.</source>
      <translation>没有训练“{name}”。</translation>
    </message>
    <message>
      <source>There is no test split in {path}.</source>
      <translation>{path} 中没有测试集。</translation>
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
      <source>There is nothing in the clipboard that DeepStudio can open.</source>
      <translation>剪贴板里没有 DeepStudio 能打开的内容。</translation>
    </message>
    <message>
      <source>This benchmark needs CIFAR-10.</source>
      <translation>这项基准测试需要 CIFAR-10。</translation>
    </message>
    <message>
      <source>Try again: the download goes on where it stopped.</source>
      <translation>请重试：下载会从中断处继续。</translation>
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
      <source>What arrived for {name} is not what was published: its checksum differs.</source>
      <translation>收到的 {name} 与发布的不一致：校验和不同。</translation>
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
      <source>{name} claims to hold more than {limit} megapixels and was not decoded.</source>
      <translation>{name} 声称超过 {limit} 百万像素，因此没有解码。</translation>
    </message>
    <message>
      <source>{name} claims to hold {width} x {height} pixels, more than {limit} megapixels, and was not decoded.</source>
      <translation>{name} 声称有 {width} × {height} 像素，超过 {limit} 百万像素，因此没有解码。</translation>
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
      <source>{path} holds no table of weights by name.</source>
      <translation>{path} 中没有按名称列出的权重表。</translation>
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
      <source>{path} is damaged, or no file of weights.</source>
      <translation>{path} 已损坏，或不是权重文件。</translation>
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
      <source>{path} lies on a read-only disk.</source>
      <translation>{path} 位于只读磁盘上。</translation>
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
      <source>{where}: '{key}' must be {kind}, not {value}.</source>
      <translation>{where}：“{key}”必须是 {kind}，而不是 {value}。</translation>
    </message>
  </context>
  <context>
    <name>labels</name>
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
      <source>frog</source>
      <translation>青蛙</translation>
    </message>
    <message>
      <source>give way</source>
      <translation>减速让行</translation>
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
      <source>pedestrians</source>
      <translation>注意行人</translation>
    </message>
    <message>
      <source>pneumonia</source>
      <translation>肺炎</translation>
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
      <source>ship</source>
      <translation>船</translation>
    </message>
    <message>
      <source>slippery road</source>
      <translation>易滑路面</translation>
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
      <source>uneven road</source>
      <translation>路面不平</translation>
    </message>
    <message>
      <source>wild animals</source>
      <translation>注意野生动物</translation>
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
      <source>Transparent parts were put on white.</source>
      <translation>透明部分已衬为白色。</translation>
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
      <source>Chest (drawing)</source>
      <translation>胸部（绘图）</translation>
    </message>
    <message>
      <source>Danger</source>
      <translation>注意危险</translation>
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
      <source>As the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>Computing</source>
      <translation>计算</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <source>How many of the most likely labels an answer lists.</source>
      <translation>答案中列出多少个最可能的标签。</translation>
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
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Light or dark colours, or as the system has them.</source>
      <translation>浅色或深色，或跟随系统。</translation>
    </message>
    <message>
      <source>Model for pictures</source>
      <translation>图片用的模型</translation>
    </message>
    <message>
      <source>NVIDIA graphics (CUDA)</source>
      <translation>NVIDIA 显卡 (CUDA)</translation>
    </message>
    <message>
      <source>Processor (CPU)</source>
      <translation>处理器 (CPU)</translation>
    </message>
    <message>
      <source>Reduce motion</source>
      <translation>减少动画</translation>
    </message>
    <message>
      <source>Show changes at once instead of fading and sliding.</source>
      <translation>变化立即显示，不使用淡入和滑动。</translation>
    </message>
    <message>
      <source>Size of all text, in percent.</source>
      <translation>所有文字的大小（百分比）。</translation>
    </message>
    <message>
      <source>Text size</source>
      <translation>文字大小</translation>
    </message>
    <message>
      <source>The language of the window.</source>
      <translation>窗口使用的语言。</translation>
    </message>
    <message>
      <source>The model that a dropped picture is shown to first.</source>
      <translation>拖入的图片先交给哪个模型。</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>主题</translation>
    </message>
    <message>
      <source>Where networks run. Automatic takes the fastest there is. A change applies after a restart.</source>
      <translation>网络在哪里运行。“自动”选择最快的设备。更改在重新启动后生效。</translation>
    </message>
  </context>
  <context>
    <name>status</name>
    <message>
      <source>Answers</source>
      <translation>应答</translation>
    </message>
    <message>
      <source>Calibrating</source>
      <translation>正在校准</translation>
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
      <source>Exporting a model</source>
      <translation>正在导出模型</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>Getting ready</source>
      <translation>正在准备</translation>
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
      <source>Listing published models</source>
      <translation>正在列出公开发布的模型</translation>
    </message>
    <message>
      <source>Loading the model</source>
      <translation>正在加载模型</translation>
    </message>
    <message>
      <source>Looking at the pictures</source>
      <translation>正在看图片</translation>
    </message>
    <message>
      <source>Looking for the reasons</source>
      <translation>正在寻找原因</translation>
    </message>
    <message>
      <source>Measuring</source>
      <translation>正在测量</translation>
    </message>
    <message>
      <source>Reading the data</source>
      <translation>正在读取数据</translation>
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
      <source>See what is installed, and install more</source>
      <translation>查看已安装的模型，并安装更多</translation>
    </message>
    <message>
      <source>Show a picture to a network and see what it makes of it, and why.</source>
      <translation>给网络看一张图片，看它怎么认，以及为什么。</translation>
    </message>
  </context>
</TS>
