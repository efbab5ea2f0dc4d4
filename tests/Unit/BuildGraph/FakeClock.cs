using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>A small library that is loaded before libc and gives programs another time of day.</summary>
internal sealed class FakeClock : IDisposable
{
    private const string Source = """
        #define _GNU_SOURCE
        #include <stdlib.h>
        #include <time.h>
        #include <unistd.h>
        #include <sys/syscall.h>
        int clock_gettime(clockid_t clock, struct timespec *now)
        {
            int result = syscall(SYS_clock_gettime, clock, now);
            const char *ahead = getenv("TOY_CLOCK_AHEAD");
            if (result == 0 && clock == CLOCK_REALTIME && ahead) now->tv_sec += atol(ahead);
            return result;
        }
        """;

    private readonly TempFolder _folder = new();

    public FakeClock()
    {
        File.WriteAllText(_folder.At("clock.c"), Source);
        ProcessOutcome built = ProcessRunner.Run(
            new ProcessRequest("cc", ["-shared", "-fPIC", "-o", _folder.At("clock.so"), _folder.At("clock.c")]),
            CancellationToken.None);
        built.ExitCode.ShouldBe(0, built.Error);
        ProcessRunner.Run(
                new ProcessRequest("date", ["-u", "+%Y"]) { Environment = Environment(TimeSpan.FromDays(-365 * 20)).ToDictionary() },
                CancellationToken.None)
            .Output.Trim().ShouldBe($"{DateTime.UtcNow.AddDays(-365 * 20).Year}");
    }

    /// <summary>What a program's environment needs to live that much later.</summary>
    public IEnumerable<(string Name, string? Value)> Environment(TimeSpan ahead) =>
        [("LD_PRELOAD", _folder.At("clock.so")), ("TOY_CLOCK_AHEAD", $"{(long)ahead.TotalSeconds}")];

    public void Dispose() => _folder.Dispose();
}

/// <summary>A test that needs a C compiler for its clock: elsewhere skipped and counted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FakeClockFactAttribute : FactAttribute
{
    /// <summary>Looks for the compiler.</summary>
    public FakeClockFactAttribute() =>
        Skip = OperatingSystem.IsLinux() && ProcessRunner.Find("cc") is not null ? null : "there is no cc to build a clock with";
}
