using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Architecture;

/// <summary>What enters a fingerprint is written in one way, which tells every value from every other.</summary>
public sealed class SettingsTests
{
    private static readonly Regex JoinedByHand = new(@"\.And\(\s*\$?""[^""]*"",\s*string\.Join\(");

    [Fact]
    public void No_setting_is_a_list_joined_by_hand() => Checkout.Sources(".cs", "pipeline", "stages", "build")
        .Where(file => JoinedByHand.IsMatch(File.ReadAllText(Checkout.At(file)))).ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_what_it_forbids() => JoinedByHand.IsMatch("used.And(\"carried\", string.Join(\", \", names))").ShouldBeTrue();
}
