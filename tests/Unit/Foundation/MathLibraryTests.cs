using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Foundation;

public sealed class MathLibraryTests
{
    [Fact]
    public void The_version_is_the_librarys_own_word()
    {
        string asked = Command.Output("getconf", "GNU_LIBC_VERSION").Trim();

        MathLibrary.Tools.ShouldHaveSingleItem().ShouldStartWith($"{asked}, results ");
    }

    // Each counts: were one constant, or out of its range, nothing would be seen of a change.
    [Fact]
    public void Every_function_gives_many_finite_results()
    {
        foreach ((string name, Func<double, double> function) in MathLibrary.Functions)
        {
            double[] results = [.. Enumerable.Range(1, 100).Select(i => function(0.39 * i - 19.7))];
            results.ShouldAllBe(result => double.IsFinite(result), name);
            results.Distinct().Count().ShouldBeGreaterThan(45, name);
        }
    }
}
