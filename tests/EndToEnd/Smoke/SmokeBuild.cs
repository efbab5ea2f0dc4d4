using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The smoke campaign, built once from nothing; tests work on copies of it.</summary>
public sealed class SmokeBuild : IDisposable
{
    /// <summary>Name of the collection of tests that share it.</summary>
    public const string Name = "smoke";

    private readonly SmokeFolder _first = SmokeFolder.Empty();

    /// <summary>Builds it.</summary>
    public SmokeBuild()
    {
        using ProgramRun run = _first.Evaluate();
        run.ExitCode.ShouldBe(0, run.Error);
        Products = _first.Products();
    }

    /// <summary>The finished output folder; not to be changed.</summary>
    internal string Out => _first.Out;

    /// <summary>Each file outside the engine's own folder, with its hash.</summary>
    internal IReadOnlyList<string> Products { get; }

    /// <summary>A copy to run on; what is copied has other inodes and change times.</summary>
    internal SmokeFolder Copy()
    {
        SmokeFolder copy = SmokeFolder.Empty();
        Command.Output("cp", "-a", Out, copy.Out);
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose() => _first.Dispose();
}

/// <summary>The tests on copies of one build of the smoke campaign: one after the other, beside all others.</summary>
[CollectionDefinition(SmokeBuild.Name)]
public sealed class SmokeTests : ICollectionFixture<SmokeBuild>;
