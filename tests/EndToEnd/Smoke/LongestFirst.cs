using Xunit;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("TauPipeline.Tests.EndToEnd.LongestFirst", "TauPipeline.Tests.EndToEnd")]

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The collection of the smoke campaign takes longest: begun last it would run on alone when all others are done.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => collection.DisplayName == SmokeBuild.Name ? 0 : 1);
}
