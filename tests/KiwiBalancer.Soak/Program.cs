using KiwiBalancer.Soak;

return await SoakCommand.InvokeAsync(args, Console.Out, Console.Error);
