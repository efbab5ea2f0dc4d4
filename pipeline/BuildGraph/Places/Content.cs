using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Size and hash of a file or a whole folder.</summary>
internal readonly record struct Content(long Size, ContentHash Hash);
