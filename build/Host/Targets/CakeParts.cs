using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace TauPipeline.Host;

/// <summary>Puts Cake's engine and context together by hand: a container would cost more of a warm call than all the rest.</summary>
internal static class CakeParts
{
    public static (CakeEngine Engine, ICakeContext Context) Make(Invocation call)
    {
        var log = new ErrorLog(call.Terminal.Error) { Verbosity = call.Line.Verbosity };
        var configuration = new CakeConfiguration(new Dictionary<string, string>());
        var files = new FileSystem();
        var environment = new CakeEnvironment(new CakePlatform(), new CakeRuntime());
        var globber = new Globber(files, environment);
        var tools = new ToolLocator(
            environment,
            new ToolRepository(environment),
            new ToolResolutionStrategy(files, environment, globber, configuration, log));
        var data = new CakeDataService();
        var context = new CakeContext(
            files, environment, globber, log, new CakeArguments(Enumerable.Empty<string>().ToLookup(word => word)),
            new Cake.Core.IO.ProcessRunner(files, environment, log, tools, configuration),
            new WindowsRegistry(),
            tools,
            data,
            configuration,
            new ToolInstaller(environment, tools, configuration, log, []), new NoProvider());
        return (new CakeEngine(data, log), context);
    }

    private sealed class NoProvider : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    // Cake's own log goes to standard error and without colours: standard output is for what was asked for.
    private sealed class ErrorLog(TextWriter error) : ICakeLog
    {
        public Verbosity Verbosity { get; set; }

        public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
        {
            if (verbosity <= Verbosity && level > LogLevel.Error) error.WriteLine(format, args);
        }
    }
}
