namespace TauPipeline.Tests.Support;

/// <summary>Processes by their number.</summary>
public static class Pid
{
    /// <summary>
    /// Whether it is there and works. A zombie that nobody reaps (process 1 of a container may not) is as dead as one that is gone.
    /// </summary>
    public static bool Lives(int id) => StatOf(id) is [not "Z", ..];

    /// <summary>Who started it; 0 when it is gone.</summary>
    public static int ParentOf(int id) => StatOf(id) is [_, { } parent, ..] ? int.Parse(parent) : 0;

    // State and parent stand after the name, which is in brackets and may hold anything.
    private static string[] StatOf(int id)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException) { return []; }
    }
}
