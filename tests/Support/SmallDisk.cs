using CliWrap.Buffered;
using Shouldly;

namespace TauPipeline.Tests.Support;

/// <summary>
/// A small file system in memory, mounted on a folder until it is disposed. For tests marked <see cref="MountFactAttribute"/>.
/// </summary>
public sealed class SmallDisk : IDisposable
{
    private const int Page = 4096;
    private readonly string _folder;

    /// <summary>Mounts as much as that, say <c>1m</c>.</summary>
    public SmallDisk(string folder, string size)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder);
    }

    private string Filler => Path.Combine(_folder, "filler");

    /// <summary>Fills it up but for that many pages of 4 KiB.</summary>
    public void Fill(int pagesLeft)
    {
        var page = new byte[Page];
        using FileStream file = File.Create(Filler, 1);
        try { while (true) file.Write(page); }
        catch (IOException) { file.SetLength(Math.Max(0, (file.Length / Page) - pagesLeft) * Page); }
    }

    /// <summary>Gives the space back.</summary>
    public void Empty() => File.Delete(Filler);

    /// <summary>Mounts it again otherwise: <c>ro</c> lets nobody write any more, <c>rw</c> again; <c>size=2m</c> gives more room.</summary>
    public void Remount(string option) => Run("mount", "-o", $"remount,{option}", _folder);

    /// <inheritdoc/>
    public void Dispose()
    {
        try { Run("umount", _folder); }
        catch (ShouldAssertException)
        {
            Run("umount", "-l", _folder); // somebody left a file open: a failure, but no mount is left over
            throw;
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        BufferedCommandResult result = Command.Run(program, arguments);
        result.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {result.StandardError}");
    }
}
