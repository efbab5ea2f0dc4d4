using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Something that the build log remembers.</summary>
internal abstract record LogRecord;

/// <summary>A file had this stamp when it had this content.</summary>
internal sealed record FileSeen(string Key, SeenContent Seen) : LogRecord;

/// <summary>The stamp that went with a content; a racy one says nothing, and the file is read again next time.</summary>
internal readonly record struct SeenContent(FileStamp Stamp, ContentHash Hash, bool Racy);

/// <summary>An attempt began, in the process group of a child or (<see cref="ProcessMark.None"/>) inside the engine.</summary>
internal sealed record AttemptStarted(string Step, string Attempt, ProcessMark Child) : LogRecord;

/// <summary>The attempt's outputs are complete and are about to be renamed into place.</summary>
internal sealed record AttemptCommitting(string Attempt, StepRecord Record) : LogRecord;

/// <summary>All outputs stand in their place.</summary>
internal sealed record AttemptDone(string Step) : LogRecord;

/// <summary>The attempt came to nothing.</summary>
internal sealed record AttemptEnded(string Step) : LogRecord;

/// <summary>A finished step, in a compacted log.</summary>
internal sealed record StepKept(StepRecord Record) : LogRecord;

/// <summary>A product may be missing from now on: what was made of it stays up to date.</summary>
internal sealed record ProductReleased(string Path) : LogRecord;
