<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>AboutDialog</name>
    <message>
      <source>About DeepStudio</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Close</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>DeepStudio is free software under the MIT licence. It uses Qt for Python under the LGPL.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Train, watch and use neural networks in one window. Nothing leaves this machine.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Version {version}</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Your files</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>AnswerColumn</name>
    <message>
      <source>%1 sure</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Closest: %1, %2 among the %3 it knows</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Measured: %1 right on %2 pictures it had never seen (%3).</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>None of these</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Probably none of these</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Show why</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Time</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>decode</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>network</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>preprocess</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>AnswerPane</name>
    <message>
      <source>Cancel</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Drop a .safetensors model on the window, or train one.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Looking at the picture…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Progress</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The answer appears here</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no model yet</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>With how sure the network is, what else it considered, and how long it took.</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>BatchFilters</name>
    <message>
      <source>All answers</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Confidence</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Could not be read</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Greatest confidence</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Least confidence</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>None of these</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Search names and answers</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Show everything again</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Show only this answer</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>BatchPage</name>
    <message>
      <source>%1 could not be read</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>%1 none of these</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>%1 of %2 pictures</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>%1 per second</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>%1 rows were written to %2.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>%1 shown</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Drop many pictures or a folder here</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Each becomes a row with its answer. Sort, filter and export them as a table.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Export CSV…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open a folder…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open pictures…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Pictures and answers</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Progress</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>answers.csv</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>BatchTable</name>
    <message>
      <source>%1 ms</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Answer</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Confidence</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>None of these</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>None of these (%1?)</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Picture</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Size</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Time</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>CommandMenu</name>
    <message>
      <source>Commands</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Find a command</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>What would you like to do?</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>DetailView</name>
    <message>
      <source>Choose a model to see what it can do.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Comes with DeepStudio</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Damaged</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Details of the model</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Dropped pictures are shown to this model first</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Export…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Remove</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>This file cannot be used.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Use for dropped pictures</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Yours</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>DetailsDialog</name>
    <message>
      <source>Close</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Copy</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Technical details</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>What went wrong</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>DrawingPanel</name>
    <message>
      <source>Arrow keys move the pen, Space sets it down and lifts it, Ctrl+Z undoes, Delete clears.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Clear the pad (Delete)</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Draw it again (Ctrl+Shift+Z)</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Drawing pad for a digit</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Pen</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Undo the last stroke (Ctrl+Z)</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Width of the pen</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Write one digit, large. By keyboard: arrows move the pen, Space sets it down.</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>ImageDialogs</name>
    <message>
      <source>All files</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open a folder of pictures</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open pictures</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Save the table</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Table (*.csv)</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>ImageView</name>
    <message>
      <source>Draw a digit</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Draw a digit and watch the answer change</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Last answers</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Many pictures</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Many pictures or a folder as a table</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>One picture, its answer, and why</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Pasted picture</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Picture</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The last answers were forgotten.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no picture in the clipboard.</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>ImageWorkspace</name>
    <message>
      <source>Classify %1 pictures</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Classify every picture in the folder</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Compare Two Models</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Draw a Digit</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Export the Table…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Forget the Last Answers</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Image</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>See what a network makes of it</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>InputPane</name>
    <message>
      <source>Draw</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Draw a digit</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Drop a picture here</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Folder</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Forget the last answers</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Last answers</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Many pictures or a folder become a table. Or begin with a sample.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open a folder of pictures</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open a folder…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open a picture…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open pictures (Ctrl+O)</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Paste</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Paste a picture (Ctrl+V)</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Samples</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>LogDock</name>
    <message>
      <source>Close the log</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Copy lines</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Empty this list</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Errors</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Everything</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Filter</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Filter the log</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Least level shown</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Log</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Log lines</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Warnings and errors</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>Settings</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{path} is no longer there.</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>ModelBar</name>
    <message>
      <source>Compare two models side by side</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Model</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Second model, for comparison</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>ModelsPage</name>
    <message>
      <source>Comes with DeepStudio</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Damaged</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Drop a .safetensors or .pth file anywhere to install it.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Export the model</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Install a model</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Install…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Models</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Models (*.safetensors *.pth *.pt)</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Models (*.safetensors)</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Search</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Search models</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Yours</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>ModelsPresenter</name>
    <message>
      <source>The model was copied to {path}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>“{title}” is installed.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>“{title}” was removed.</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>ModelsWorkspace</name>
    <message>
      <source>&amp;Export this model…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Find a model</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Install a model…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Remove this model</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Install this model</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Install {count} models</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Models</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>Rail</name>
    <message>
      <source>Workspaces</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>Sections</name>
    <message>
      <source>Averages the picture and its mirror image</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Calibration error</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Centres the digit and makes it white on black</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Copy the command</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Data</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Examples</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Figure</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>File</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Fitting</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>How it works</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Input</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Labels ({count})</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Looks at</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Measured</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Mirror</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Network</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>None of these</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Nothing was measured for this model.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Pads a picture to its shape</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Says so when a picture shows none of its labels</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Seed</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Show {count} more</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Split</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Squashes a picture to its shape</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Takes the middle of a picture</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Temperature</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Terms: {terms}</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>This command trains it again:</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Training</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Value</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Version</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>colour</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>grey</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>SettingsDialog</name>
    <message>
      <source>Close</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Groups of settings</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Restore defaults</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Settings</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>ShortcutsDialog</name>
    <message>
      <source>Cancel</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Command</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Default</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Keys</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>New keys</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>None</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Reset all</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Save</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Search by name or keys</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Search shortcuts</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Shortcuts</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Where</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{keys} already belongs to “{command}”.</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>SinglePage</name>
    <message>
      <source>Answer</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Drawing</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Why</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>StatusDetail</name>
    <message>
      <source>Chosen with the first job</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>DeepStudio uses</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Device</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Free memory</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Idle</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Stop all jobs</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>This machine</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Work</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{count} waiting</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>StatusStrip</name>
    <message>
      <source>Device {device}, memory {memory}, {jobs}</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Idle</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Jobs: {count}</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Ready</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>not used yet</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>Toast</name>
    <message>
      <source>Close the message</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>Toasts</name>
    <message>
      <source>Details</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Undo</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>WhyPane</name>
    <message>
      <source>%1 × %2 pixels, no more.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Computed in %1 s</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Grad-CAM</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Gradients</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Integrated gradients: the single pixels that spoke for this label</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Overlay</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Progress</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Strength of the heat map</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The regions that spoke for this label</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>What the network saw</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Where the network looked, for every label that you click.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Why %1?</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Why appears here</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>little</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>much</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>WindowCommands</name>
    <message>
      <source>&amp;About DeepStudio</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Command menu…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Full screen</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Keyboard shortcuts…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Log</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Memory and jobs</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Open…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Paste</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Settings…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;Smaller text</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>All that DeepStudio opens ({patterns})</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>File</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Forget &amp;recent files</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Help</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Larger &amp;text</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Nothing opened yet</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open &amp;folder…</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open &amp;recent</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open a folder</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open pictures, models and other files</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open the &amp;log folder</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Open what is in the clipboard</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>T&amp;heme</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The list of recent files is empty.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Theme: {theme}</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>View</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>cards</name>
    <message>
      <source>Accuracy</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Answered “none of these”</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Balanced accuracy</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Calibration error</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Chest X-ray</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Handwritten digits</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Macro F1</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Names German traffic signs of 43 kinds. Cut the sign out of the photograph first.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Not for diagnosis. A demonstration on tiny pictures; it must not be used for any medical decision.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Objects</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Precision</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Reads one handwritten digit, drawn here or photographed on paper.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Recall</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Tells apart children's chest X-rays with and without signs of pneumonia, at 28x28 pixels.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Tells ten kinds of things apart in a photograph: vehicles and animals. It looks at 32x32 pixels.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Traffic signs</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>other things</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>test</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>training</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>validation</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>errors</name>
    <message>
      <source>'{key}' is a value, not a table.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>'{name}' comes with the program and cannot be removed.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>'{name}' does not classify images; its task is {task}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>'{override}' is not of the form key=value.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>A picture has 1, 3 or 4 channels, not {channels}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>A resumed run keeps its recipe: --set cannot change it.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Add --force to run it all the same.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>All training images in {path} belong to one class.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>At least two classes are needed to learn the difference.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Available: {near}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Choose another folder, or go on with that run: --resume {path}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Choose smaller batches, a smaller network, or the CPU.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Close other programs that use it, or choose the CPU in the settings.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Copy a picture or a file first.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>DeepStudio cannot open {name}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Did you mean: {near}?</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Export it as PNG.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Get it again from where it came from.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Images of {height} x {width} pixels are too small for this network.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Install it with: pip install pillow-heif; or export the picture as JPEG.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>It opens {kinds}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Keras could not be measured with {python}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Known classes: {classes}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Known keys near it: {near}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Name the folder that holds it with --data DIR.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>No image in {path} could be read.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>On Debian or Ubuntu type: sudo apt-get install -y libportaudio2.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Put the images of each class into a folder of its own: {path}/&lt;class&gt;/&lt;file&gt;.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Shipped recipes: {known}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Something unexpected went wrong ({kind}). The log has the details.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Start a new run for other settings.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The Python package sounddevice is missing.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The card in {where} cannot be read: {reason}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The checkpoint {path} is damaged.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The description of the run '{name}' is damaged.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The device '{name}' is not available here.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The device has too little memory for this network and batches of {size}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The device has too little memory for this network, even for one picture.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The device has too little memory to explain this network.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The disk is full: {path} could not be written.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The file {name} belongs to no group: '{pattern}' is not found in '{text}'.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The folder '{folder}' in {path} names no class that is known here.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The folder {path} cannot be listed: {reason}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The folder {path} holds no labelled images.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The folder {path} holds no pictures.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The model file {path} is damaged or not what it claims: {reason}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The model {model} has no label number {label}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The program's sample pictures are missing.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The sound library PortAudio is missing.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The sound system does not answer: {reason}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The tour broke off: {reason}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The window did not launch: {reason}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no GPU here; on this CPU it would take about {minutes} minutes.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no checkpoint {path}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no file or folder {path}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no file {path}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no folder {path}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no model file {path}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no permission to read {path}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no permission to use {path}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no recipe {path}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no run '{name}'.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no test split in {path}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is no {kind} named '{name}'.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>There is nothing in the clipboard that DeepStudio can open.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>This benchmark needs CIFAR-10.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Training needs data: name their folder with --data.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Type: pip install sounddevice.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Update this program to use it.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{name} claims to hold more than {limit} megapixels and was not decoded.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{name} claims to hold {width} x {height} pixels, more than {limit} megapixels, and was not decoded.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{name} holds text, not a picture.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{name} is a HEIC picture, and the package that reads those is not installed.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{name} is a document or an archive, not a picture.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{name} is a vector drawing (SVG), not a picture made of pixels.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{name} is a video or a sound, not a picture.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{name} is damaged and cannot be decoded ({reason}).</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{name} is empty (0 bytes).</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{name} is no picture: {shape} values of type {kind}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{name} is not a picture in any format known here.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{name} is truncated: the file ends before the picture does.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{name} needs more memory than there is.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{path} already holds a run.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{path} and {labels} do not belong together.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{path} cannot be read: {reason}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{path} cannot be written: {reason}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{path} carries no DeepStudio card, so it is unknown what its weights are for.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{path} is a folder; a file is needed.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{path} is a folder; a picture is needed.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{path} is not a whole idx file: {reason}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{path} is not an ordinary file.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{path} is not valid TOML: {reason}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{path} lies on a read-only disk.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{where} has an unknown key '{key}'.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{where} lacks the key '{key}'.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{where} was made by a newer DeepStudio (card version {version}).</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{where}: '{key}' is {value}, but must be one of {choices}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{where}: '{key}' is {value}, but must lie between {low} and {high}.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>{where}: '{key}' must be {kind}, not {value}.</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>labels</name>
    <message>
      <source>ahead only</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>ahead or left</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>ahead or right</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>airplane</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>automobile</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>bend to the left</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>bend to the right</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>bird</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>cat</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>children</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>cyclists</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>danger</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>deer</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>dog</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>double bend</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>end of all limits</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>end of no overtaking</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>end of no overtaking by lorries</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>end of speed limit 80</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>frog</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>give way</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>horse</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>ice or snow</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>keep left</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>keep right</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>no entry</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>no lorries</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>no overtaking</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>no overtaking by lorries</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>no vehicles</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>normal</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>pedestrians</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>pneumonia</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>priority at the next crossing</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>priority road</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>road narrows on the right</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>road works</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>roundabout</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>ship</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>slippery road</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>speed limit 100</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>speed limit 120</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>speed limit 20</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>speed limit 30</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>speed limit 50</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>speed limit 60</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>speed limit 70</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>speed limit 80</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>stop</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>traffic lights</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>truck</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>turn left ahead</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>turn right ahead</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>uneven road</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>wild animals</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>notes</name>
    <message>
      <source>16 bits per pixel were scaled to 8.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Only the first frame of several was used.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The picture was turned upright as its EXIF data say.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The printing colours (CMYK) were converted to RGB.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The range of values was stretched from darkest to brightest.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Transparent parts were put on white.</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>settings</name>
    <message>
      <source>Answers</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Appearance</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Apple graphics (Metal)</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>As the system</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Computing</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Dark</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Device</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>How many of the most likely labels an answer lists.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Labels shown</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Language</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Light</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Light or dark colours, or as the system has them.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Model for pictures</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>NVIDIA graphics (CUDA)</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Processor (CPU)</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Reduce motion</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Show changes at once instead of fading and sliding.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Size of all text, in percent.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Text size</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The language of the window.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>The model that a dropped picture is shown to first.</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Theme</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Where networks run. Automatic takes the fastest there is. A change applies after a restart.</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>status</name>
    <message>
      <source>Answers</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Calibrating</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Exporting a model</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Getting ready</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Installing models</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Loading the model</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Looking at the pictures</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Looking for the reasons</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Measuring</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Reading the data</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Sound</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Too little memory: trying smaller batches</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Training</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>units</name>
    <message>
      <source>%1 ms</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
  <context>
    <name>workspaces</name>
    <message>
      <source>Image</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Models</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>See what is installed, and install more</source>
      <translation type="unfinished"></translation>
    </message>
    <message>
      <source>Show a picture to a network and see what it makes of it, and why.</source>
      <translation type="unfinished"></translation>
    </message>
  </context>
</TS>
