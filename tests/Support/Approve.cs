using Shouldly;
using Shouldly.Configuration;
using Xunit;

namespace TauPipeline.Tests.Support;

/// <summary>Compares a text with the one approved before, in <c>Class.Method.verified.txt</c> beside the test.</summary>
public static class Approve
{
    /// <summary>
    /// Fails if the approved text is another, or missing; the text received is left beside it, to be renamed by who approves.
    /// </summary>
    /// <param name="text">The text; line ends do not matter.</param>
    /// <param name="of">Tells several texts of one test apart.</param>
    /// <remarks>To be called before the first <c>await</c> of a test: the test method is found on the stack.</remarks>
    public static void Text(string text, string? of = null) => text.ShouldMatchApproved(options =>
    {
        options.NoDiff()
            .LocateTestMethodUsingAttribute<FactAttribute>()
            .WithStringCompareOptions(StringCompareShould.IgnoreLineEndings)
            .WithFilenameGenerator(Name);
        if (of is not null) options.WithDiscriminator(of);
    });

    private static string Name(TestMethodInfo test, string? discriminator, string type, string extension) =>
        string.Join(
            '.',
            new[] { test.DeclaringTypeName, test.MethodName, discriminator, type == "approved" ? "verified" : type, extension }.Where(
                part => !string.IsNullOrEmpty(part)));
}
