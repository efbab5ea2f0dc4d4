using System.Text;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Builds and runs the projects in <c>tests/</c>, one after the other, and adds up what they counted.</summary>
internal sealed class TestSuite(Terminal terminal, CancellationToken cancellation)
{
    private static string Results => Repository.At(".artifacts", "test-results");

    /// <param name="filter">As for <c>dotnet test</c>, or <see langword="null"/> for all.</param>
    /// <param name="withLong">Whether the long tests run too.</param>
    public TestCounts Run(string? filter, bool withLong)
    {
        Dotnet(["build", "TauPipeline.sln", "-v:q", "-tl:off", "-nologo", "-clp:NoSummary", "-p:RunAnalyzers=false"]);
        if (Directory.Exists(Results)) Directory.Delete(Results, recursive: true);
        return Projects().Aggregate(TestCounts.None, (sum, project) => sum + RunOne(project, filter, withLong));
    }

    // A project is a test project if it says so; benchmarks and shared code do not.
    private static IEnumerable<string> Projects() =>
        Directory.EnumerateFiles(Repository.At("tests"), "*.csproj", SearchOption.AllDirectories)
        .Where(file => File.ReadAllText(file, Encoding.UTF8).Contains("<IsTestProject>true", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private TestCounts RunOne(string project, string? filter, bool withLong)
    {
        string name = Path.GetFileNameWithoutExtension(project), trx = Path.Combine(Results, name + ".trx");
        terminal.Output.WriteLine($"tests/{name}");
        int code = Run(
            [
                "test",
                project,
                "--no-build",
                "-nologo",
                "-tl:off",
                "--logger",
                $"trx;LogFileName={trx}",
                "--logger",
                "console;verbosity=minimal",
                .. filter is null ? [] : new[] { "--filter", filter },
            ],
            withLong);
        cancellation.ThrowIfCancellationRequested();
        TestCounts counts = File.Exists(trx) ? TestCounts.Of(trx) : TestCounts.None;
        // A test host that dies leaves no failed test behind, and must not pass for it.
        return code != 0 && counts.Failed == 0 ? counts with { Failed = 1 } : counts;
    }

    private void Dotnet(IReadOnlyList<string> arguments)
    {
        if (Run(arguments, withLong: false) != 0)
            throw new StepFailed(new ErrorText($"dotnet {arguments[0]} failed", [("command", "dotnet " + string.Join(' ', arguments))]));
    }

    private int Run(IReadOnlyList<string> arguments, bool withLong) =>
        ProcessRunner.Run(
                new ProcessRequest(Environment.ProcessPath ?? "dotnet", arguments)
                {
                    Folder = Repository.Root,
                    Line = terminal.Output.WriteLine,
                    Environment = new Dictionary<string, string?>
                    {
                        ["TAU_LONG_TESTS"] = withLong ? "1" : null,
                        ["TAU_TEST_HOST"] = typeof(TestSuite).Assembly.Location,
                    },
                }, cancellation).ExitCode;
}
