using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Architecture;

/// <summary>A line is as wide as half a screen, unless a text in it is what makes it wide.</summary>
public sealed partial class WidthTests
{
    private const int Limit = 140;

    [Fact]
    public void No_line_is_wider_than_the_limit() =>
        Checkout.Sources(".cs", "pipeline", "stages", "build", "tests").SelectMany(TooWide).ShouldBeEmpty();

    [Fact]
    public void A_wide_line_of_code_is_seen_and_a_wide_text_let_pass()
    {
        IsTooWide("int one = " + string.Join(" + ", Enumerable.Repeat("two", Limit)) + ";").ShouldBeTrue();
        IsTooWide($"string one = \"{new string('x', Limit)}\";").ShouldBeFalse();
    }

    // Raw texts keep the lines that they were given.
    private static IEnumerable<string> TooWide(string file)
    {
        bool inRawText = false;
        foreach ((int number, string line) in File.ReadLines(Checkout.At(file)).Index())
        {
            bool wasInside = inRawText;
            if (RawText().Count(line) % 2 == 1) inRawText = !inRawText;
            if (!wasInside && !inRawText && IsTooWide(line)) yield return $"{file}:{number + 1}: {line.Length} characters";
        }
    }

    private static bool IsTooWide(string line) => line.Length > Limit && Text().Replace(line, "\"\"").Length > Limit;

    [GeneratedRegex("\"(?:\\\\.|[^\"\\\\])*\"")]
    private static partial Regex Text();

    [GeneratedRegex("\"\"\"")]
    private static partial Regex RawText();
}
