using Xunit;

namespace TauPipeline.Tests.Unit;

/// <summary>
/// Tests that measure what belongs to the whole process: its memory, its open files, the identifiers of a library. Nothing runs beside
/// them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
