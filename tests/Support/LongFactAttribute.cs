using Xunit;

namespace TauPipeline.Tests.Support;

/// <summary>A test that takes long: run by <c>--target=Test --long</c>, else skipped and counted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    /// <summary>Looks whether long tests are wanted.</summary>
    public LongFactAttribute() => Skip = Environment.GetEnvironmentVariable("TAU_LONG_TESTS") == "1" ? null : "runs with --long only";
}

/// <summary>The same for a test with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks whether long tests are wanted.</summary>
    public LongTheoryAttribute() => Skip = new LongFactAttribute().Skip;
}
