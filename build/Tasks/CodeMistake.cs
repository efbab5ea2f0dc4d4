namespace TauPipeline.Tasks;

/// <summary>Code that code fingerprints cannot stand for: the build fails with this message.</summary>
internal sealed class CodeMistake(string message) : Exception(message);
