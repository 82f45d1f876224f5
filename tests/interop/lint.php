<?php
// Symfony's XLIFF linter as a program: php lint.php lint:xliff FILE...
require '/usr/share/php/Symfony/Component/Translation/autoload.php';
require '/usr/share/php/Symfony/Component/Console/autoload.php';
$application = new Symfony\Component\Console\Application();
$application->add(new Symfony\Component\Translation\Command\XliffLintCommand());
$application->run();
