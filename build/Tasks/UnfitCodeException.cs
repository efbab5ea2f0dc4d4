namespace TauPipeline.Tasks;

/// <summary>Code that code fingerprints cannot stand for: the build fails with this message.</summary>
public sealed class UnfitCodeException(string message) : Exception(message);
