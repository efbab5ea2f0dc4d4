using Shouldly;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Foundation;

/// <summary>The numbers that GNU's <c>std::hash</c> gives (data-preparation 3, measured).</summary>
public sealed class NameHashTests
{
    [Theory]
    [InlineData("", 6142509188972423790)]
    [InlineData("DY", 10918959937480734963)]
    [InlineData("TT", 10229932817631443077)]
    [InlineData("QCD", 9072256947540860514)]
    [InlineData("TauGun", 9146040637532569934)]
    [InlineData("DYJetsToLL_M-50", 1284503315845609763)]
    [InlineData("TTToHadronic", 13234330934679158034)]
    public void A_name_has_the_number_that_the_original_gives_it(string name, ulong number) => NameHash.Of(name).ShouldBe(number);
}
