using Spectre.Console;

namespace TauPipeline.Host;

/// <summary>Where text goes. Only an interactive terminal gets control codes; a pipe never does.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isInteractive)
{
    private const int WidthOfPipe = 160;

    /// <summary>That of this process.</summary>
    public static Terminal OfProcess() => new(Console.Out, Console.Error,
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"));

    public TextWriter Output => output;

    public TextWriter Error => error;

    public bool IsInteractive => isInteractive;

    /// <summary>Makes Cake's console over this output, coloured unless <c>NO_COLOR</c> is set.</summary>
    public IAnsiConsole MakeConsole()
    {
        bool isColoured = isInteractive && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isInteractive ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isColoured ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isInteractive ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!isInteractive) console.Profile.Width = WidthOfPipe;
        return console;
    }
}
