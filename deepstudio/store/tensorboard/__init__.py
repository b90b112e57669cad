"""TensorBoard's event files, read and written without TensorBoard, TensorFlow or protobuf.

records.py splits files into checked records, events.py decodes them, follower.py keeps runs of the store in step with a
growing folder, export.py writes a run of the store as an event file.
"""
